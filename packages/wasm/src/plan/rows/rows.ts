/**
 * Direct convolution along lines: for few output features, where the implicit GEMM has no neighbours to fill its vectors with, and for
 * operands whose width lies contiguous. A vector is neighbouring outputs; lhs is read where it lies, or from one copy in planes.
 */
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { LineOperand } from '../../layout/line-operand.ts';
import type { LineResult } from '../../layout/line-result.ts';
import type { Step } from '../../program/step.ts';
import type { Algorithm, Binding, BoundKernel, Candidate } from '../algorithm.ts';
import { brought, intoSums } from '../between-layouts.ts';
import { directBound } from '../direct-bound.ts';
import { phaseCost, rowsCost } from './rows-cost.ts';
import { pairedDimension, rowsLines, rowsReduction } from './rows-loops.ts';
import { BLOCK, ROWS } from './rows-tiles.ts';
import { packRows, rowsWeights } from './rows-weights.ts';
import { separableAlong, separableShortcut } from './separable.ts';
import { rowsWorks, type RowsWork } from './rows-work.ts';

/** Bytes of lhs that a unit's blocks of features should find in the first-level cache. */
const SLAB_BYTES = 16 * 1024;
/** Outputs of a unit of few features. */
const WIDEST = 2048;

/** The algorithm. */
export const rows: Algorithm = {
  name: 'rows',
  consider(lowered) {
    const { arithmetic, geometry } = lowered;
    const { outputs, least } = ROWS[arithmetic];
    if (geometry.spatial.length === 0) return 'there is no line of outputs';
    const works = geometry.spatial.flatMap((_, line) => rowsWorks(lowered, line, outputs).filter((work) => isWide(lowered, work, least)));
    if (works.length === 0) return `no line is ${least} outputs long, or its tables would be too long`;
    const [best] = works.map((work) => ({ work, cost: rowsCost(lowered, work) })).toSorted((a, b) => a.cost - b.cost);
    return candidate(lowered, best.work, best.cost);
  },
};

function isWide(lowered: LoweredConv, { parts, result, line }: RowsWork, least: number): boolean {
  return parts.every(({ operand, phases }) => phases.every((phase) => phaseWidth(lowered, phase, line, operand, result) >= least));
}

function phaseWidth(lowered: LoweredConv, phase: Phase, line: number, operand: LineOperand, result: LineResult): number {
  return rowsLines(lowered, phase, line, pairedDimension(lowered, phase, line), operand, result).width;
}

function candidate(lowered: LoweredConv, work: RowsWork, cost: number): Candidate {
  const { arithmetic, geometry, components } = lowered;
  const features = Math.min(BLOCK, geometry.outFeatures * components);
  const separable = geometry.spatial.flatMap((_, line) => separableAlong(lowered, line) ?? []).find((plan) => plan.cost < cost);
  const isInPlace = work.parts[0].operand.copies === null;
  return {
    kernel: `${arithmetic}-rows-${features}x${ROWS[arithmetic].tiles[features - 1] * ROWS[arithmetic].outputs}`,
    errorBound: directBound(lowered),
    cost,
    reason: `direct along lines: ${geometry.reductionLength} products a sum, ${isInPlace ? 'read where lhs lies' : 'from one copy in planes'}`,
    bind: (binding) => bind(lowered, work, binding),
    ...(separable === undefined ? {} : { shortcut: separableShortcut(separable) }),
  };
}

function bind(lowered: LoweredConv, { line, parts, result, complete }: RowsWork, binding: Binding): BoundKernel {
  const steps = intoSums(lowered, result, complete, binding, (sums) =>
    parts.flatMap(({ operand, phases }) => {
      const { steps: copies, lhs } = brought(lowered, operand, binding);
      return [...copies, ...phases.map((phase) => phaseStep(lowered, phase, line, operand, lhs, result, sums, binding))];
    }),
  );
  return { steps, scratchBytes: 64 };
}

function phaseStep(
  lowered: LoweredConv,
  phase: Phase,
  line: number,
  x: LineOperand,
  lhs: number,
  y: LineResult,
  sums: number,
  binding: Binding,
): Step {
  const { arithmetic, geometry } = lowered;
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { outputs, tiles } = ROWS[arithmetic];
  const { memory } = binding;
  const { groups } = geometry;
  const pair = pairedDimension(lowered, phase, line);
  const { table, width } = rowsLines(lowered, phase, line, pair, x, y);
  const reduction = rowsReduction(lowered, phase, line, pair, x);
  const sizes = rowsWeights(lowered, reduction);
  const weights = packRows(lowered, phase, reduction, sizes, binding);

  // Many features pass over the same piece of a line: it should stay in the first-level cache.
  const tile = outputs * tiles[Math.min(BLOCK, sizes.features) - 1];
  const slab = Math.floor(SLAB_BYTES / (operandBytes * reduction.elements * tile));
  const wanted = sizes.features <= BLOCK ? WIDEST : tile * Math.max(1, slab);
  const blocks = Math.ceil(width / wanted);
  const blockWidth = Math.ceil(width / blocks / outputs) * outputs;
  // Real and imaginary parts are planes, one feature's after the other's.
  const nextSum = lowered.components === 2 ? y.component : y.feature;
  const parameters = memory.parameters('Rows', {
    x: lhs,
    y: sums,
    weights,
    lines: memory.words(table.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    lineCount: table.length,
    width,
    blocks: Math.ceil(width / blockWidth),
    blockWidth,
    segments: memory.words(reduction.segments.map((offset) => offset * operandBytes)),
    segmentCount: reduction.segments.length,
    length: reduction.length,
    kStep: reduction.step * operandBytes,
    features: sizes.features,
    yFeature: (pair === null ? nextSum : phase[pair].step * y.spatial[pair]) * sumBytes,
    rowTaps: pair === null ? 0 : phase[pair].taps,
    blockWeights: sizes.blockBytes,
    groupWeights: sizes.groupBytes,
    xGroup: x.group * operandBytes,
    yGroup: y.group * sumBytes,
  });
  return {
    kernel: `${arithmetic}_${pair === null ? 'rows' : 'row_pairs'}`,
    parameters,
    units: groups * table.length * Math.ceil(width / blockWidth),
    cost: phaseCost(lowered, phase, line, x, y),
  };
}
