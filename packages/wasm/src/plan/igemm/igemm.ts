/**
 * Implicit GEMM: serves every problem. A row is an output position, a column an output feature; the rows' elements are read where lhs
 * lies (or from one padded copy with the features side by side), so nothing is gathered, and weights are packed into panels.
 */
import { ARITHMETICS, type Arithmetic } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import { sumStep } from '../../layout/copy-step.ts';
import type { Step } from '../../program/step.ts';
import type { Algorithm, Binding, BoundKernel } from '../algorithm.ts';
import { betweenLayouts, byFeatures, layoutsCost, type Layouts, type Places } from '../between-layouts.ts';
import { directBound } from '../direct-bound.ts';
import { linesOf, segmentsOf, type Segments } from './igemm-loops.ts';
import { packPanels, panelShape } from './igemm-panels.ts';
import { IGEMM_TILES } from './igemm-tiles.ts';

/** Microseconds for a million multiply-adds, measured (docs/adding-a-kernel.md). */
const COST: Readonly<Record<Arithmetic, number>> = { f32: 35, f64: 75, i16: 22, i32: 45, i64: 320 };
/** Microseconds for a step, and for a tile, whatever its depth. */
const STEP_COST = 0.2;
const TILE_COST = 0.03;
/** Weights beyond so many bytes come from outside the caches, … */
const CACHED_BYTES = 1024 * 1024;
/** … so many bytes in a microsecond. Where rows are few nothing hides that: their products are done before the next panel is there. */
const STREAM = 14_000;
/** Bytes of lhs that the rows of a unit should stay below, so that they stay in L2 while the panels pass. */
const ROW_BYTES = 128 * 1024;
/** A multiple of the rows of every tile. */
const TILE_ROWS = 12;
/** Panels are shared out in passes of at most this many bytes. */
const PANEL_BYTES = 256 * 1024;

/** Below so many units, a long reduction is cut into slices: work for every thread, … */
const FEW_UNITS = 8;
/** … of at least so many lanes each: adding their sums up must not show. */
const SLICE_LANES = 2048;

/** Bytes of scratch memory that the kernel uses: its rows' addresses. */
export const IGEMM_SCRATCH = 64;

/** The algorithm that always works. */
export const igemm: Algorithm = {
  name: 'igemm',
  consider(lowered, isa) {
    const { arithmetic, geometry } = lowered;
    const { rows, width } = IGEMM_TILES[arithmetic];
    return {
      kernel: `${arithmetic}-igemm-${rows[isa]}x${width}`,
      errorBound: directBound(lowered),
      cost: igemmCost(lowered, rows[isa]) + layoutsCost(lowered, layoutsOf(lowered)),
      reason: `direct: ${geometry.reductionLength} products a sum, read where lhs lies`,
      bind: (binding) => bind(lowered, binding),
    };
  },
};

function layoutsOf(lowered: LoweredConv): Layouts {
  return byFeatures(lowered, IGEMM_TILES[lowered.arithmetic].pair);
}

/** Microseconds of the phases' steps. */
export function igemmCost(lowered: LoweredConv, rows: number): number {
  const { phases, geometry, components, arithmetic } = lowered;
  const panels = Math.ceil((geometry.outFeatures * components) / IGEMM_TILES[arithmetic].width) * geometry.groups;
  const positions = phases.map((phase) => phase.reduce((product, { count }) => product * count, geometry.batch));
  const tiles = positions.reduce((sum, count) => sum + panels * Math.ceil(count / rows), 0);
  const perTap = geometry.groups * geometry.inFeatures * components * geometry.outFeatures * components;
  const taps = phases.reduce((sum, phase) => sum + phase.reduce((product, piece) => product * piece.taps, 1), 0);
  const weights = streamCost(perTap * taps * ARITHMETICS[arithmetic].operandBytes);
  return phases.length * STEP_COST + tiles * TILE_COST + (multiplyAdds(lowered) * COST[arithmetic]) / 1e6 + weights;
}

/** Microseconds until `bytes` of packed weights have come. */
export function streamCost(bytes: number): number {
  return Math.max(0, bytes - CACHED_BYTES) / STREAM;
}

/** Multiply-adds of real numbers, with columns rounded up to what a tile computes. */
function multiplyAdds({ phases, geometry, components, arithmetic }: LoweredConv): number {
  const { groups, batch, inFeatures, outFeatures } = geometry;
  const lanes = IGEMM_TILES[arithmetic].lanes;
  const columns = Math.ceil((outFeatures * components) / lanes) * lanes;
  const perPosition = groups * batch * inFeatures * components * columns;
  return phases.reduce((sum, phase) => sum + perPosition * phase.reduce((product, { count, taps }) => product * count * taps, 1), 0);
}

function bind(lowered: LoweredConv, binding: Binding): BoundKernel {
  const steps = betweenLayouts(lowered, layoutsOf(lowered), binding, (places) =>
    lowered.phases.flatMap((phase) => igemmSteps(lowered, phase, binding, places)),
  );
  return { steps, scratchBytes: IGEMM_SCRATCH };
}

/** The steps of one phase, on lhs and sums as they lie. */
export function igemmSteps(lowered: LoweredConv, phase: Phase, binding: Binding, { x, lhs, y, sums }: Places): Step[] {
  const { arithmetic, geometry } = lowered;
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { memory } = binding;
  const { groups } = geometry;
  const { width, pair } = IGEMM_TILES[arithmetic];
  const lines = linesOf(lowered, phase, x, y);
  const segments = segmentsOf(phase, x, pair);
  const shape = panelShape(lowered, phase, x.features);
  const weights = packPanels(lowered, phase, x, shape, binding);

  const blockRows = Math.min(lines.rows, TILE_ROWS * Math.max(4, Math.ceil(ROW_BYTES / (TILE_ROWS * x.features * operandBytes))));
  const segmentBytes = segments.length * width * sumBytes;
  const blocks = Math.ceil(lines.rows / blockRows) * groups * shape.panels;
  const slices = slicesOf(lowered, blocks, segments);
  const sliceBytes = y.size * sumBytes;
  const target = slices.count > 1 ? binding.reserve(slices.count * sliceBytes) : sums;
  const parameters = memory.parameters('Igemm', {
    x: lhs + segments.origin * operandBytes,
    y: target + lines.origin * sumBytes,
    weights,
    lines: memory.words(lines.table.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    width: lines.width,
    rows: lines.rows,
    blockRows,
    xStep: lines.xStep * operandBytes,
    yStep: lines.yStep * sumBytes,
    segments: memory.words(segments.table.map((offset) => offset * operandBytes)),
    segmentCount: segments.table.length,
    segmentsPerPass: Math.max(1, Math.floor(PANEL_BYTES / segmentBytes)),
    slices: slices.count,
    segmentsPerSlice: slices.segments,
    ySlice: sliceBytes,
    segmentLength: segments.length,
    kStep: segments.step * operandBytes,
    columns: y.features,
    columnBlocks: shape.panels,
    panelBytes: shape.panelBytes,
    groups,
    groupWeights: shape.groupBytes,
    xGroup: x.group * operandBytes,
    yGroup: y.group * sumBytes,
  });
  const step = { kernel: `${arithmetic}_igemm`, parameters, units: blocks * slices.count };
  return slices.count > 1 ? [step, sumStep(memory, arithmetic, y.size, slices.count, target, sums)] : [step];
}

/** How a reduction is shared out: its segments, so many to a slice. Phases that write apart are not cut: their sums lie interleaved. */
function slicesOf({ phases, complete }: LoweredConv, blocks: number, { table, length }: Segments): { count: number; segments: number } {
  const wanted = Math.min(Math.ceil(FEW_UNITS / blocks), Math.floor((table.length * length) / SLICE_LANES), table.length);
  if (phases.length > 1 || !complete || wanted < 2) return { count: 1, segments: table.length };
  const segments = Math.ceil(table.length / wanted);
  return { count: Math.ceil(table.length / segments), segments };
}
