/**
 * Winograd's F(2, 3) and F(4, 3), in one and in two dimensions, for windows of 3 that move by 1: 2.25 or 4 times fewer products than the
 * formula has. The kernels' transforms stand in toolchain/winograd.ts, the products between them are the implicit GEMM's.
 */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv, Phase } from '../lower/lower.ts';
import { copyStep } from '../layout/copy-step.ts';
import { featuresLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultFeaturesLast, type ResultLayout } from '../layout/result-layout.ts';
import { OwnedMemory } from '../memory/owned-memory.ts';
import type { Step } from '../program/step.ts';
import type { Algorithm, Binding, BoundKernel, Candidate } from './algorithm.ts';
import { packPanels, panelShape, type PanelShape } from './igemm-panels.ts';
import { IGEMM_TILES } from './igemm-tiles.ts';
import { winogradBound } from './winograd-bound.ts';

/** How a problem falls into tiles. */
interface Tiling {
  /** Outputs of a tile per tiled dimension, and inputs. */
  readonly outputs: 2 | 4;
  readonly inputs: 4 | 6;
  /** Spatial dimensions under the transform. */
  readonly tiled: readonly number[];
  /** The others, with a window of 1: loops around the tiles. */
  readonly loops: readonly number[];
  /** Tiles in all, of one group. */
  readonly tiles: number;
}

/** Microseconds for a million multiply-adds of the GEMM, and for a thousand vectors of four features transformed, measured. */
const GEMM_COST = 36;
const TRANSFORM_COST = { '4x1': 8, '6x1': 12, '4x2': 24, '6x2': 50 };
/** Bytes of weights that come from beyond L2 in a microsecond. */
const STREAM = 28_000;
/** Bytes of a block of tiles between the transforms: they stay in L2. */
const BLOCK_BYTES = 384 * 1024;
/** A multiple of the rows of every GEMM tile. */
const TILE_ROWS = 12;
/** Below, a tile's transforms cost more than they save, and its rounding errors more than the bound allows. */
const FEWEST_FEATURES = 8;
/** The transforms' own scratch memory: a tile of vectors. */
const TEMPORARY_BYTES = 640;

function winograd(outputs: 2 | 4): Algorithm {
  return {
    name: `winograd F(${outputs}, 3)`,
    consider(lowered, isa) {
      const { problem, geometry, components } = lowered;
      if (lowered.arithmetic !== 'f32') return 'float32 only';
      if (problem.precision === 'highest') return "precision 'highest' allows direct kernels only";
      if (outputs === 4 && problem.precision === 'high') return "precision 'high' allows F(2, 3) only";
      const tiling = tilingOf(lowered, outputs);
      if (typeof tiling === 'string') return tiling;
      const features = geometry.inFeatures * components.operand;
      const columns = geometry.outFeatures * components.sum;
      if (features < FEWEST_FEATURES || columns < FEWEST_FEATURES) return `fewer than ${FEWEST_FEATURES} features`;
      const errorBound = winogradBound(lowered, tiling.tiled, outputs);
      if (errorBound === null) return 'its rounding errors are not proven small enough for so few features';
      return candidate(lowered, tiling, errorBound, IGEMM_TILES.f32.rows[isa]);
    },
  };
}

/** F(2, 3): what precision 'high' allows. */
export const winograd2 = winograd(2);
/** F(4, 3): fewer products, larger errors. */
export const winograd4 = winograd(4);

function candidate(lowered: LoweredConv, tiling: Tiling, errorBound: ErrorBound, rows: number): Candidate {
  const { geometry, components } = lowered;
  const { inputs, tiled, tiles, outputs } = tiling;
  const features = geometry.inFeatures * components.operand;
  const columns = geometry.outFeatures * components.sum;
  const places = inputs ** tiled.length;
  const products = geometry.groups * tiles * places * features * Math.ceil(columns / 4) * 4;
  // Few tiles: the weights are only passing through.
  const weightBytes = geometry.groups * places * features * columns * 4;
  const vectors = geometry.groups * tiles * (Math.ceil(features / 4) + Math.ceil(columns / 4));
  const transform = TRANSFORM_COST[`${inputs}x${tiled.length as 1 | 2}`];
  const size = Array.from({ length: tiled.length }, () => outputs).join('x');
  return {
    kernel: `f32-winograd-${tiled.length === 1 ? `${size}x1` : size}-${rows}x${IGEMM_TILES.f32.width}`,
    errorBound,
    cost: 3 + Math.max((products * GEMM_COST) / 1e6, weightBytes / STREAM) + (vectors * transform) / 1e3,
    reason: `Winograd: ${places} products for ${outputs ** tiled.length} outputs of ${3 ** tiled.length} taps, ${tiles} tiles`,
    bind: (binding) => bind(lowered, tiling, binding),
  };
}

function tilingOf({ phases, complete, geometry }: LoweredConv, outputs: 2 | 4): Tiling | string {
  const [phase] = phases;
  if (phases.length !== 1 || !complete) return 'the problem falls into phases';
  const dimensions = phase.map((_, d) => d);
  const tiled = dimensions.filter((d) => phase[d].taps === 3 && phase[d].tapStep === 1 && phase[d].xStep === 1);
  const loops = dimensions.filter((d) => !tiled.includes(d));
  if (tiled.length === 0 || tiled.length > 2) return 'no window of 3, or more than two';
  if (loops.some((d) => phase[d].taps > 1)) return 'a window other than 3';
  if ([geometry.batch, ...loops.map((d) => phase[d].count)].filter((count) => count > 1).length > 1)
    return 'more than one loop around the tiles';
  const perDimension = tiled.map((d) => Math.ceil(phase[d].count / outputs));
  const around = loops.reduce((product, d) => product * phase[d].count, geometry.batch);
  const tiles = perDimension.reduce((product, count) => product * count, around);
  return { outputs, inputs: outputs === 4 ? 6 : 4, tiled, loops, tiles };
}

function bind(lowered: LoweredConv, tiling: Tiling, binding: Binding): BoundKernel {
  const { memory } = binding;
  const { outputs, tiled } = tiling;
  const [phase] = lowered.phases;
  // The last tile of a row reads as far as a whole one does.
  const reach = lowered.reach.map(({ low, end }, d) =>
    tiled.includes(d) ? { low, end: low + Math.ceil(phase[d].count / outputs) * outputs + 2 } : { low, end },
  );
  const x = featuresLast({ ...lowered, reach }, 1);
  const y = resultFeaturesLast(lowered);
  const steps: Step[] = [];
  let { lhs } = binding;
  if (x.axes !== null) {
    const target = binding.reserve(x.size * 4);
    steps.push(copyStep(memory, 4, x.axes, lhs + x.start * 4, target));
    lhs = target;
  }
  // Vectors of the last features read beyond them.
  binding.reserve(16);
  const sums = y.axes === null ? binding.sums : binding.reserve(y.size * 4);
  const { steps: tileSteps, scratchBytes } = tileStepsOf(lowered, tiling, binding, x, lhs, y, sums);
  steps.push(...tileSteps);
  if (y.axes !== null) steps.push(copyStep(memory, 4, y.axes, sums, binding.sums));
  return { steps, scratchBytes };
}

function tileStepsOf(
  lowered: LoweredConv,
  { outputs, inputs, tiled, loops, tiles }: Tiling,
  binding: Binding,
  x: OperandLayout,
  lhs: number,
  y: ResultLayout,
  sums: number,
): BoundKernel {
  const { memory } = binding;
  const { geometry } = lowered;
  const { groups, batch } = geometry;
  const [phase] = lowered.phases;
  const name = tiled.length === 1 ? `${outputs}x1` : `${outputs}x${outputs}`;
  const places = inputs ** tiled.length;
  const [vTile, mTile] = [x.features, y.features].map((features) => Math.ceil(features / 4) * 16);
  const shape = panelShape(
    lowered,
    phase.map((piece) => ({ ...piece, taps: 1 })),
    x.features,
  );
  const weights = transformedWeights(lowered, phase, x, shape, places, name, binding);

  const wanted = TILE_ROWS * Math.max(1, Math.round(BLOCK_BYTES / (places * (vTile + mTile)) / TILE_ROWS));
  const isFused = tiles > 2 * wanted;
  const rows = isFused ? wanted : tiles;
  const [vPlane, mPlane] = [rows * vTile, rows * mTile];
  const v = isFused ? TEMPORARY_BYTES : binding.reserve(places * vPlane);
  const m = isFused ? v + places * vPlane : binding.reserve(places * mPlane);
  const gemm = (group: number, count: number): number =>
    gemmParameters(memory, {
      v,
      m,
      vTile,
      mTile,
      vPlane,
      mPlane,
      rows: count,
      places,
      shape,
      weights: weights + group * places * shape.groupBytes,
    });

  // From the outer tiled dimension to the inner one: by falling stride in lhs, as the panels' taps are.
  const order = tiled.toSorted((a, b) => x.spatial[b] - x.spatial[a]);
  const inner = order.at(-1) ?? 0;
  const outer = order.length === 2 ? order[0] : undefined;
  const loop = loops.find((d) => phase[d].count > 1);
  const strides = (of: OperandLayout | ResultLayout, d: number | undefined, step: number): number =>
    d === undefined ? 0 : of.spatial[d] * step * 4;
  const block = {
    x: lhs + phase.reduce((sum, { origin }, d) => sum + (origin - x.origin[d]) * x.spatial[d], 0) * 4,
    y: sums,
    v,
    m,
    tiles,
    tilesX: Math.ceil(phase[inner].count / outputs),
    tilesY: outer === undefined ? 1 : Math.ceil(phase[outer].count / outputs),
    blockTiles: isFused ? rows : 0,
    tileHeight: outer === undefined ? 1 : outputs,
    tileWidth: outputs,
    height: outer === undefined ? 1 : phase[outer].count,
    width: phase[inner].count,
    features: x.features,
    columns: y.features,
    xBatch: batch > 1 || loop === undefined ? x.batch * 4 : strides(x, loop, phase[loop].xStep),
    xRow: strides(x, outer, 1),
    xColumn: strides(x, inner, 1),
    xTileRow: strides(x, outer, outputs),
    xTileColumn: strides(x, inner, outputs),
    xGroup: x.group * 4,
    yBatch: batch > 1 || loop === undefined ? y.batch * 4 : strides(y, loop, 1),
    yRow: strides(y, outer, 1),
    yColumn: strides(y, inner, 1),
    yTileRow: strides(y, outer, outputs),
    yTileColumn: strides(y, inner, outputs),
    yGroup: y.group * 4,
    vTile,
    vPlane,
    mTile,
    mPlane,
    gemmUnits: places * shape.panels,
  };
  if (isFused) {
    // One GEMM for whole blocks and one for the rest, for each group.
    const blocks = Array.from({ length: groups }, (_, group) => [gemm(group, rows), gemm(group, tiles % rows || rows)]).flat();
    const parameters = memory.parameters('Winograd', { ...block, gemm: memory.words(blocks) });
    return {
      steps: [{ kernel: `f32_winograd_${name}`, parameters, units: groups * Math.ceil(tiles / rows) }],
      scratchBytes: TEMPORARY_BYTES + places * (vPlane + mPlane),
    };
  }
  const steps = Array.from({ length: groups }, (_, group) => {
    const parameters = memory.parameters('Winograd', {
      ...block,
      x: block.x + group * block.xGroup,
      y: sums + group * block.yGroup,
      gemm: 0,
    });
    return [
      { kernel: `f32_winograd_input_${name}`, parameters, units: tiles },
      { kernel: 'f32_igemm', parameters: gemm(group, rows), units: places * shape.panels },
      { kernel: `f32_winograd_output_${name}`, parameters, units: tiles },
    ];
  }).flat();
  return { steps, scratchBytes: TEMPORARY_BYTES };
}

interface Gemm {
  readonly v: number;
  readonly m: number;
  readonly vTile: number;
  readonly mTile: number;
  readonly vPlane: number;
  readonly mPlane: number;
  readonly rows: number;
  readonly places: number;
  readonly shape: PanelShape;
  readonly weights: number;
}

/** The products at every place of the tiles: as many matrix products as places, tiles by features. */
function gemmParameters(memory: OwnedMemory, { v, m, vTile, mTile, vPlane, mPlane, rows, places, shape, weights }: Gemm): number {
  return memory.parameters('Igemm', {
    x: v,
    y: m,
    weights,
    lines: memory.words([0, 0]),
    width: rows,
    rows,
    blockRows: rows,
    xStep: vTile,
    yStep: mTile,
    segments: memory.words([0]),
    segmentCount: 1,
    segmentsPerPass: 1,
    slices: 1,
    segmentsPerSlice: 1,
    ySlice: 0,
    segmentLength: shape.depth,
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

/** The weights under the transform, in panels for each place of a tile; their address. */
function transformedWeights(
  lowered: LoweredConv,
  phase: Phase,
  x: OperandLayout,
  shape: PanelShape,
  places: number,
  name: string,
  binding: Binding,
): number {
  const { memory } = binding;
  const { groups } = lowered.geometry;
  const target = memory.allocate(groups * places * shape.groupBytes);
  const temporary = new OwnedMemory(memory.heap);
  try {
    const direct = panelShape(lowered, phase, x.features);
    const source = packPanels(lowered, phase, x, direct, { ...binding, memory: temporary });
    const scratch = temporary.allocate(TEMPORARY_BYTES);
    const { width } = IGEMM_TILES.f32;
    for (let group = 0; group < groups; group++) {
      const parameters = temporary.parameters('WinogradWeights', {
        source: source + group * direct.groupBytes,
        target: target + group * places * shape.groupBytes,
        plane: shape.groupBytes,
        panels: shape.panels,
        features: x.features,
        width,
        lastWidth: shape.lastWidth,
        scratch,
      });
      binding.run([{ kernel: `f32_winograd_weights_${name}`, parameters, units: shape.panels }]);
    }
    return target;
  } finally {
    temporary.free();
  }
}
