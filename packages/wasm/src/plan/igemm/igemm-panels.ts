/** The weights of the implicit GEMM: panels of neighbouring columns, in the order in which the reduction meets them. */
import type { CopyAxis } from '../../layout/axis.ts';
import { plainAxis } from '../../layout/axis.ts';
import { copyStep, fillStep } from '../../layout/copy-step.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Binding } from '../algorithm.ts';
import { IGEMM_TILES } from './igemm-tiles.ts';
import { firstWeight, pairCopies, planeCopies, tapAxes, type WeightCopy } from '../weights.ts';

/** Sizes of the panels of one phase. */
export interface PanelShape {
  /** Columns of a group. */
  readonly columns: number;
  readonly panels: number;
  /** Columns of the last panel, in memory: half a panel where that is enough. */
  readonly lastWidth: number;
  /** Lanes of the reduction. */
  readonly depth: number;
  readonly panelBytes: number;
  readonly groupBytes: number;
}

/** The panels of `phase` where lhs has `features` real numbers per position. */
export function panelShape({ arithmetic, geometry, components }: LoweredConv, phase: Phase, features: number): PanelShape {
  const { width, pair } = IGEMM_TILES[arithmetic];
  const laneBytes = ARITHMETICS[arithmetic].sumBytes;
  const columns = geometry.outFeatures * components;
  const panels = Math.ceil(columns / width);
  const rest = columns - (panels - 1) * width;
  const lastWidth = rest <= width / 2 ? width / 2 : width;
  const depth = phase.reduce((product, { taps }) => product * taps, features / pair);
  const panelBytes = depth * width * laneBytes;
  return { columns, panels, lastWidth, depth, panelBytes, groupBytes: (panels - 1) * panelBytes + depth * lastWidth * laneBytes };
}

/** Packs the weights of `phase`; the panels' address. */
export function packPanels(lowered: LoweredConv, phase: Phase, x: OperandLayout, shape: PanelShape, binding: Binding): number {
  const { arithmetic, geometry } = lowered;
  const { memory } = binding;
  const target = memory.allocate(geometry.groups * shape.groupBytes);
  const steps: Step[] = [fillStep(memory, target, geometry.groups * shape.groupBytes)];
  const full = Math.floor(shape.columns / IGEMM_TILES[arithmetic].width);
  const operandBytes = ARITHMETICS[arithmetic].operandBytes;
  const copy = (axes: readonly CopyAxis[], from: number, to: number): void => {
    steps.push(copyStep(memory, operandBytes, axes, binding.weights + from * operandBytes, target + to * operandBytes));
  };
  for (const part of parts(lowered, phase, x, shape, 0, full)) copy(part.axes, part.source, part.target);
  if (full < shape.panels) for (const part of parts(lowered, phase, x, shape, full, 1)) copy(part.axes, part.source, part.target);
  binding.run(steps);
  return target;
}

/** The copies that fill `count` panels from panel `first` on, all of one width. */
function parts(lowered: LoweredConv, phase: Phase, x: OperandLayout, shape: PanelShape, first: number, count: number): WeightCopy[] {
  if (count === 0) return [];
  const { arithmetic, geometry, components: real } = lowered;
  const { rhs, groups, inFeatures } = geometry;
  const { width: full, pair } = IGEMM_TILES[arithmetic];
  const { operandBytes } = ARITHMETICS[arithmetic];
  const width = first * full + full <= shape.columns ? full : shape.lastWidth;
  const inPanel = Math.min(full, shape.columns - first * full) / real;
  // One lane of the reduction: `width` columns of `pair` neighbours.
  const lane = width * pair;
  const outer = [
    plainAxis(groups, rhs.group, shape.groupBytes / operandBytes),
    plainAxis(count, (full / real) * rhs.outer, shape.panelBytes / operandBytes),
    ...tapAxes(lowered, phase, x, (x.features / pair) * lane).axes,
    plainAxis(inPanel, rhs.outer, real * pair),
  ];
  const features = plainAxis(inFeatures, rhs.inner, real * lane);
  const copies =
    real === 2
      ? planeCopies(lowered, [...outer, features], lane)
      : pair === 2
        ? pairCopies(outer, inFeatures, rhs.inner, lane)
        : [{ axes: [...outer, features], source: 0, target: 0 }];
  const start = firstWeight(lowered, phase) + (first * full * rhs.outer) / real;
  const to = (first * shape.panelBytes) / operandBytes;
  return copies.map(({ axes, source, target }) => ({ axes, source: start + source, target: to + target }));
}
