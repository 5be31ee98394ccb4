/** How an implicit GEMM is tiled: by the adapter's class first, then by how many positions and features there are to share. */
import { LANE_GROUP, laneGemmParameters, laneGemmWgsl, laneVectorSize } from '../wgsl/lane-gemm.wgsl.ts';
import type { ParameterNames } from '../wgsl/parameters.wgsl.ts';
import type { Elements } from '../wgsl/stored.wgsl.ts';
import { depthOf, tiledGemmParameters, tiledGemmWgsl, tileSide } from '../wgsl/tiled-gemm.wgsl.ts';
import type { Shader } from '../program/dispatch.ts';
import type { AdapterFacts } from './algorithm.ts';
import type { ShaderText, Sharing } from './costs.ts';
import type { GemmLoops, Segment } from './gemm-loops.ts';

/** A tiling of output positions by output features. */
export interface GemmTile {
  /** For kernel names. */
  readonly name: string;
  /** Output positions of a workgroup. */
  readonly groupPixels: number;
  /** Output positions and features that are done together, some of them for nothing at the edges. */
  readonly pixels: number;
  readonly columns: number;
  readonly sharing: Sharing;
  /** Workgroups altogether, beyond which each had better walk on over tiles; Infinity where starting one costs nothing. */
  readonly enoughWorkgroups: number;
  /** Elements of a step of the reduction, which can be shared out among workgroups; absent where it cannot. */
  readonly depth?: number;
  /** Elements of `segment` that its kernel takes at once: a vector of the packed weights. */
  vectorSize(segment: Segment): 2 | 4;
  /** Of its shader. */
  text(segment: Segment): ShaderText;
  parameters(rank: number): ParameterNames;
  shader(loops: GemmLoops, elements: Elements): Shader;
}

/**
 * By the size of a subgroup, where that is the same for all, or 1: sets of positions of a tile; and of features, the least that holds all
 * of a product's features or the last. Measured for 1 and 8 (lavapipe) and 4 (SwiftShader); 16 and 32 are guesses, which tuning tries on
 * cards.
 */
const SETS: Readonly<Record<number, { readonly pixelSets: readonly number[]; readonly columnSets: readonly number[] }>> = {
  1: { pixelSets: [4], columnSets: [4, 8] },
  4: { pixelSets: [2, 3], columnSets: [1, 4, 8] },
  8: { pixelSets: [1, 2], columnSets: [1, 2] },
  16: { pixelSets: [1], columnSets: [1, 2] },
  32: { pixelSets: [1], columnSets: [1, 2, 4] },
};

/** Where a shader runs on a CPU, starting a workgroup takes a third of a microsecond, and so many keep its cores busy. */
const ENOUGH_ON_CPU = 64;

/** Tiles that are worth a look on `adapter`, for a product with `columns` output features. */
export function gemmTiles(adapter: AdapterFacts, columns: number): readonly GemmTile[] {
  if (!adapter.isSoftware) return [tiled(1), tiled(2)];
  const lanes = lanesOf(adapter);
  const { pixelSets, columnSets } = SETS[lanes];
  const columnSet = columnSets.find((count) => columns <= count * lanes) ?? columnSets[columnSets.length - 1];
  return pixelSets.map((pixelSet) => laneTile(lanes, pixelSet, columnSet));
}

/** More tiles, for tuning to try: the model's and their neighbours. */
export function gemmTileVariants(adapter: AdapterFacts): readonly GemmTile[] {
  const enough = adapter.isSoftware ? ENOUGH_ON_CPU : Infinity;
  const registers = [...new Set([1, lanesOf(adapter)])].flatMap((lanes) =>
    SETS[lanes].pixelSets.flatMap((pixelSet) => SETS[lanes].columnSets.map((columnSet) => laneTile(lanes, pixelSet, columnSet, enough))),
  );
  return [tiled(1), tiled(2), laneTile(1, 8, 4, enough), ...registers];
}

/** Lanes of a tile in registers: of a subgroup, if `SETS` has its size, else 1. */
function lanesOf({ subgroupSize = 1 }: AdapterFacts): number {
  return subgroupSize in SETS ? subgroupSize : 1;
}

/** Tiles in registers: `pixelSets` × `columnSets` sets of one subgroup. */
export function laneTile(lanes: number, pixelSets: number, columnSets: number, enoughWorkgroups = ENOUGH_ON_CPU): GemmTile {
  const pixels = lanes * pixelSets;
  const columns = lanes * columnSets;
  const name = `${pixels}x${columns}${lanes === 1 ? '' : `-broadcast${lanes}`}`;
  return {
    name,
    groupPixels: lanes === 1 ? pixels * LANE_GROUP : pixels,
    pixels,
    columns,
    sharing: lanes === 1 ? 'alone' : 'subgroup',
    enoughWorkgroups,
    vectorSize: laneVectorSize,
    text: (segment) => ({
      accesses: laneVectorSize(segment) * (pixelSets + columnSets) + columnSets,
      operations: laneVectorSize(segment) * (pixels * columnSets + (lanes === 1 ? 0 : pixels)),
    }),
    parameters: laneGemmParameters,
    shader({ dimensions, segment: { isFused }, isVector, isPadded }, elements) {
      return {
        name: `${elements.computed}-gemm-${name}`,
        code: laneGemmWgsl({ rank: dimensions.length, lanes, pixelSets, columnSets, elements, isFused, isVector, isPadded }),
      };
    },
  };
}

/** Tiles in workgroup memory. */
export function tiled(quads: 1 | 2): GemmTile {
  const side = tileSide(quads);
  const name = `${side}x${side}-tiled`;
  return {
    name,
    groupPixels: side,
    pixels: side,
    columns: side,
    sharing: 'workgroup',
    enoughWorkgroups: Infinity,
    depth: depthOf(quads),
    vectorSize: () => 4,
    text: () => ({ accesses: 12 * quads, operations: 16 * quads * quads }),
    parameters: tiledGemmParameters,
    shader({ dimensions, segment: { isFused }, isVector, isPadded }, elements) {
      return {
        name: `${elements.computed}-gemm-${name}`,
        code: tiledGemmWgsl({ rank: dimensions.length, quads, elements, isFused, isVector, isPadded }),
      };
    },
  };
}
