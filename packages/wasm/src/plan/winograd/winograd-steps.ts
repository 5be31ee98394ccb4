/**
 * The steps of a phase under Winograd's transforms: tiles of lhs are transformed, their products are as many matrix products as a tile has
 * places, done by the implicit GEMM, and the sums are transformed back. Many tiles go through all of this a block at a time, so that what
 * is transformed stays in L2, and so do the tiles of a group; a few of one group, step by step, so that threads share each step.
 */
import type { LoweredConv } from '../../lower/lower.ts';
import type { OwnedMemory } from '../../memory/owned-memory.ts';
import type { Binding, BoundKernel } from '../algorithm.ts';
import type { Places } from '../between-layouts.ts';
import type { PanelShape } from '../igemm/igemm-panels.ts';
import { outputStep, tileLinesOf, type Slices, type Tiling } from './winograd-tiling.ts';
import { placesOf, TEMPORARY_BYTES, tileName, transformedShape, transformedWeights } from './winograd-weights.ts';

/** Bytes of a block of tiles between the transforms: they stay in L2. */
const BLOCK_BYTES = 384 * 1024;
/** A multiple of the rows of every GEMM tile. */
const TILE_ROWS = 12;
/** Set between the places of a tile, so that they do not all fall into one set of L1. */
const SPREAD_BYTES = 64;

/** The steps from lhs to sums, both with features side by side; the word at `overflow` is set where a sum is not finite. */
export function winogradSteps(
  lowered: LoweredConv,
  tiling: Tiling,
  overflow: number,
  binding: Binding,
  { x, lhs, y, sums }: Places,
): BoundKernel {
  const { memory } = binding;
  const { groups, batch } = lowered.geometry;
  const { phase, outputs, slices } = tiling;
  const name = tileName(tiling);
  const places = placesOf(tiling);
  const [vTile, mTile] = [x.features, y.features].map((features) => Math.ceil(features / 4) * 16);
  const shape = transformedShape(lowered, tiling, x.features);
  const weights = transformedWeights(lowered, tiling, x, shape, binding);
  const { lines, tilesX, inner, outer } = tileLinesOf(tiling, batch, x, y);
  const tiles = lines.length * tilesX;

  const wanted = blockTiles(places * (slices.inputs * vTile + slices.chunk * mTile), slices.chunk);
  const isFused = groups > 1 || tiles > 2 * wanted;
  const block = isFused ? Math.min(wanted, tiles) : tiles;
  const [vPlane, mPlane] = [slices.inputs * block * vTile + SPREAD_BYTES, slices.chunk * block * mTile + SPREAD_BYTES];
  const v = isFused ? TEMPORARY_BYTES : binding.reserve(places * vPlane);
  const m = isFused ? v + places * vPlane : binding.reserve(places * mPlane);
  const gemm = (group: number, count: number): number => {
    const own = weights + group * places * shape.groupBytes;
    return gemmParameters(memory, {
      v,
      m,
      vTile,
      mTile,
      vPlane,
      mPlane,
      tiles: count,
      places,
      slices,
      features: x.features,
      shape,
      weights: own,
    });
  };
  const along = (d: number | undefined, of: { readonly spatial: readonly number[] }, step: number): number =>
    d === undefined ? 0 : of.spatial[d] * step * 4;
  const tileStep = outputs * (phase[inner].tapStep / phase[inner].xStep);
  const summed = slices.dimension;
  const parameters = {
    x: lhs,
    y: sums,
    v,
    m,
    lines: memory.words(lines.flatMap((line) => [line.x * 4, line.y * 4, line.height, line.width, line.slices])),
    tiles,
    tilesX,
    blockTiles: block,
    xSlices: slices.inputs,
    ySlices: slices.chunk,
    features: x.features,
    columns: y.features,
    xRow: outer === undefined ? 0 : along(outer, x, phase[outer].tapStep),
    xColumn: along(inner, x, phase[inner].tapStep),
    xTile: along(inner, x, tileStep * phase[inner].xStep),
    xSlice: along(summed, x, slices.stride),
    xGroup: x.group * 4,
    yRow: outer === undefined ? 0 : along(outer, y, (phase[outer].tapStep / phase[outer].xStep) * phase[outer].step),
    yColumn: along(inner, y, (phase[inner].tapStep / phase[inner].xStep) * phase[inner].step),
    yTile: along(inner, y, tileStep * phase[inner].step),
    ySlice: summed === undefined ? 0 : along(summed, y, outputStep(phase[summed], slices) * phase[summed].step),
    yGroup: y.group * 4,
    vTile,
    vPlane,
    mTile,
    mPlane,
    gemmUnits: places * shape.panels,
    overflow,
  };
  if (isFused) {
    // One GEMM for whole blocks and one for the rest, for each group.
    const gemms = Array.from({ length: groups }, (_, group) => [gemm(group, block), gemm(group, tiles % block || block)]).flat();
    const fused = memory.parameters('Winograd', { ...parameters, gemm: memory.words(gemms) });
    return {
      steps: [{ kernel: `f32_winograd_${name}`, parameters: fused, units: groups * Math.ceil(tiles / block) }],
      scratchBytes: TEMPORARY_BYTES + places * (vPlane + mPlane),
    };
  }
  const address = memory.parameters('Winograd', { ...parameters, gemm: 0 });
  const steps = [
    { kernel: `f32_winograd_input_${name}`, parameters: address, units: tiles * slices.inputs },
    { kernel: 'f32_igemm', parameters: gemm(0, tiles), units: places * shape.panels },
    { kernel: `f32_winograd_output_${name}`, parameters: address, units: tiles * slices.chunk },
  ];
  return { steps, scratchBytes: TEMPORARY_BYTES };
}

/** Tiles of a block, `bytes` and `slices` each: whole tiles of the GEMM where there is room for several. */
function blockTiles(bytes: number, slices: number): number {
  const unit = slices >= TILE_ROWS ? 1 : Math.round(TILE_ROWS / slices);
  return unit * Math.max(1, Math.round(BLOCK_BYTES / (bytes * unit)));
}

interface Gemm {
  readonly v: number;
  readonly m: number;
  readonly vTile: number;
  readonly mTile: number;
  readonly vPlane: number;
  readonly mPlane: number;
  readonly tiles: number;
  readonly places: number;
  readonly slices: Slices;
  readonly features: number;
  readonly shape: PanelShape;
  readonly weights: number;
}

/** The products at every place of the tiles: as many matrix products as places, tiles of all slices by features. */
function gemmParameters(memory: OwnedMemory, gemm: Gemm): number {
  const { v, m, vTile, mTile, vPlane, mPlane, tiles, places, slices, features, shape, weights } = gemm;
  const rows = tiles * slices.chunk;
  // Slices lie one after another: unless they are skipped, all rows are one line.
  const isOneLine = slices.step === 1;
  const lines = isOneLine
    ? [0, 0]
    : Array.from({ length: slices.chunk }, (_, q) => [q * slices.step * tiles * vTile, q * tiles * mTile]).flat();
  return memory.parameters('Igemm', {
    x: v,
    y: m,
    weights,
    lines: memory.words(lines),
    width: isOneLine ? rows : tiles,
    rows,
    blockRows: rows,
    xStep: vTile,
    yStep: mTile,
    segments: memory.words(Array.from({ length: slices.taps }, (_, tap) => tap * slices.tapStep * tiles * vTile)),
    segmentCount: slices.taps,
    segmentsPerPass: slices.taps,
    slices: 1,
    segmentsPerSlice: slices.taps,
    ySlice: 0,
    segmentLength: features,
    kStep: 4,
    columns: shape.columns,
    columnBlocks: shape.panels,
    panelBytes: shape.panelBytes,
    groups: places,
    groupWeights: shape.groupBytes,
    xGroup: vPlane,
    yGroup: mPlane,
  });
}
