/** The weights of the implicit GEMM: panels of neighbouring columns, in the order in which the reduction meets them. */
import type { CopyAxis } from '../layout/axis.ts';
import { plainAxis } from '../layout/axis.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import type { OperandLayout } from '../layout/operand-layout.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Binding } from './algorithm.ts';
import { tapOrder } from './igemm-loops.ts';
import { IGEMM_TILES } from './igemm-tiles.ts';

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
  const columns = geometry.outFeatures * components.sum;
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

interface Part {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly target: number;
}

/**
 * The copies that fill `count` panels from panel `first` on, all of one width. The weights are planes of real numbers: one, or for
 * complex numbers re, im and −im (lower/complex-planes.ts); a copy takes one plane to where it meets one component of lhs and of the sum.
 */
function parts(lowered: LoweredConv, phase: Phase, x: OperandLayout, shape: PanelShape, first: number, count: number): Part[] {
  if (count === 0) return [];
  const { arithmetic, geometry, components } = lowered;
  const { rhs, groups, inFeatures, outFeatures } = geometry;
  const { width: full, pair } = IGEMM_TILES[arithmetic];
  const { operandBytes } = ARITHMETICS[arithmetic];
  const real = components.operand;
  const width = first * full + full <= shape.columns ? full : shape.lastWidth;
  const inPanel = Math.min(full, shape.columns - first * full) / real;
  // One lane of the reduction: `width` columns of `pair` neighbours.
  const lane = width * pair;
  let depth = x.features / pair;
  const tapAxes: CopyAxis[] = [];
  for (const d of tapOrder(phase, x).toReversed()) {
    tapAxes.push(plainAxis(phase[d].taps, phase[d].wStep * rhs.spatial[d], depth * lane));
    depth *= phase[d].taps;
  }
  const start = phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset) + (first * full * rhs.outer) / real;
  const outer = [
    plainAxis(groups, rhs.group, shape.groupBytes / operandBytes),
    plainAxis(count, (full / real) * rhs.outer, shape.panelBytes / operandBytes),
    ...tapAxes,
    plainAxis(inPanel, rhs.outer, real * pair),
  ];
  const target = (first * shape.panelBytes) / operandBytes;
  if (real === 2) {
    const plane = groups * outFeatures * inFeatures * geometry.spatial.reduce((product, { kernel }) => product * kernel, 1);
    const features = plainAxis(inFeatures, rhs.inner, 2 * lane);
    // (a + bi)(c + di): re meets (re, re) and (im, im), im meets (re, im), −im meets (im, re).
    const planes = [
      { plane: 0, at: 0 },
      { plane: 0, at: lane + 1 },
      { plane: 1, at: 1 },
      { plane: 2, at: lane },
    ];
    return planes.map(({ plane: index, at }) => ({ axes: [...outer, features], source: start + index * plane, target: target + at }));
  }
  if (pair === 1) return [{ axes: [...outer, plainAxis(inFeatures, rhs.inner, lane)], source: start, target }];
  const whole = Math.floor(inFeatures / 2);
  const pairs = [...outer, plainAxis(whole, 2 * rhs.inner, lane), plainAxis(2, rhs.inner, 1)];
  return [
    ...(whole > 0 ? [{ axes: pairs, source: start, target }] : []),
    ...(inFeatures % 2 === 1 ? [{ axes: outer, source: start + 2 * whole * rhs.inner, target: target + whole * lane }] : []),
  ];
}
