/**
 * How a phase falls into the tiles of F(m, 3). One or two dimensions are transformed; the taps of the others are summed by the GEMM that
 * runs over transformed tiles. Where taps are `classes` positions apart, outputs that agree modulo that number meet each other's inputs and
 * nobody else's: each such class is a convolution without dilation, and a tile lies in one class.
 */
import type { ConvGeometry, Piece } from '@laxconv/api/backend';
import type { Phase } from '../lower/lower.ts';
import { gemmLoops, type GemmLoops } from './gemm-loops.ts';

/** A transformed dimension. */
export interface TiledDimension {
  /** Its place among the spatial dimensions. */
  readonly index: number;
  readonly classes: number;
  readonly perClass: number;
  readonly tiles: number;
}

/** The tiles of a phase. */
export interface Tiling {
  readonly phase: Phase;
  /** Outputs of a tile per transformed dimension, and inputs. */
  readonly outputs: 2 | 4;
  readonly inputs: 4 | 6;
  readonly tiled: readonly TiledDimension[];
  readonly others: readonly number[];
  /** Tiles of one slice. */
  readonly tiles: number;
  /** Elements of one place of one group: transformed inputs (features in fours), and products. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  /** Features in fours. */
  readonly vectorFeatures: number;
  /** The GEMM over all places. */
  readonly geometry: Pick<ConvGeometry, 'groups' | 'outFeatures' | 'lhs' | 'rhs' | 'out'>;
  readonly loops: GemmLoops;
}

/** Every way to tile `phase`; none where no window is one of 3 taps. */
export function tilingsOf(geometry: ConvGeometry, phase: Phase, outputs: 2 | 4): Tiling[] {
  const fit = phase.flatMap(({ taps, tapStep, xStep }, d) => (taps === 3 && tapStep % xStep === 0 ? [d] : []));
  const subsets = fit.flatMap((d, index) => [[d], ...fit.slice(index + 1).map((other) => [d, other])]);
  return subsets.map((tiled) => tilingOf(geometry, phase, outputs, tiled));
}

/** Places of a tile. */
export function placesOf({ inputs, tiled }: Tiling): number {
  return inputs ** tiled.length;
}

function tilingOf(geometry: ConvGeometry, phase: Phase, outputs: 2 | 4, indices: readonly number[]): Tiling {
  const tiled = indices.map((index) => tiledDimension(phase[index], index, outputs));
  const others = phase.flatMap((_, d) => (indices.includes(d) ? [] : [d]));
  const tiles = tiled.reduce((product, each) => product * each.tiles, 1);
  const inputs = outputs === 4 ? 6 : 4;
  const vectorFeatures = Math.ceil(geometry.inFeatures / 4) * 4;
  // Of transformed inputs and products: the batch, the other dimensions, tiles, features, the last innermost.
  const inputSizes = others.map((d) => geometry.spatial[d].input);
  const x = rowMajor([...inputSizes, tiles], vectorFeatures);
  const y = rowMajor([...others.map((d) => phase[d].count), tiles], geometry.outFeatures);
  const gemmGeometry = {
    ...geometry,
    groups: inputs ** tiled.length * geometry.groups,
    inFeatures: vectorFeatures,
    spatial: [...others.map((d) => geometry.spatial[d]), { ...geometry.spatial[indices[0]], input: tiles }],
    lhs: { offset: 0, group: geometry.batch * x.size, outer: x.size, inner: 1, spatial: x.strides },
    rhs: { ...geometry.rhs, spatial: [...others.map((d) => geometry.rhs.spatial[d]), 0] },
    out: { offset: 0, group: geometry.batch * y.size, outer: y.size, inner: 1, spatial: y.strides },
  };
  const along: Piece = { start: 0, step: 1, count: tiles, origin: 0, xStep: 1, taps: 1, tapStep: 1, wStart: 0, wStep: 1 };
  const loops = gemmLoops(gemmGeometry, [...others.map((d) => ({ ...phase[d], start: 0, step: 1 })), along]);
  return {
    phase,
    outputs,
    inputs,
    tiled,
    others,
    tiles,
    vectorFeatures,
    inputPlane: geometry.batch * x.size,
    outputPlane: geometry.batch * y.size,
    geometry: gemmGeometry,
    loops,
  };
}

function tiledDimension({ count, xStep, tapStep }: Piece, index: number, outputs: number): TiledDimension {
  const classes = Math.min(count, tapStep / xStep);
  const perClass = Math.ceil(Math.ceil(count / classes) / outputs);
  return { index, classes, perClass, tiles: classes * perClass };
}

function rowMajor(sizes: readonly number[], inner: number): { readonly strides: readonly number[]; readonly size: number } {
  const strides: number[] = [];
  let size = inner;
  for (const each of sizes.toReversed()) {
    strides.unshift(size);
    size *= each;
  }
  return { strides, size };
}
