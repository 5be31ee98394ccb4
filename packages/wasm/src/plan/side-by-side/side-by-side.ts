/**
 * What depthwise kernels and those for small groups share: features of all groups fill the vectors, and a unit is a line of output
 * positions. Padding is cut away rather than copied around lhs, since a copy would cost as much as the arithmetic.
 */
import type { OperandLayout } from '../../layout/operand-layout.ts';
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import { lower, type LoweredConv, type Phase } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Binding } from '../algorithm.ts';
import { DEPTHWISE_ROWS } from './depthwise-tile.ts';
import type { Places } from '../between-layouts.ts';
import { linesOf, tapsOf } from '../igemm/igemm-loops.ts';

/** More pieces than this are padded after all. */
const MOST_PHASES = 64;
/** Microseconds of a step, measured. */
const STEP_COST = 0.1;

/** `given`, cut at every border where that leaves few enough pieces. */
export function cutAtBorders(given: LoweredConv): LoweredConv {
  const exact = lower(given.problem, true);
  return exact.phases.length <= MOST_PHASES ? exact : given;
}

/** Microseconds of all phases; `perPosition` multiply-adds at an output position and tap, `multiplyAdd` microseconds for a million, `line` for a tile. */
export function sideBySideCost(
  { phases, geometry }: LoweredConv,
  { perPosition, multiplyAdd, line }: { readonly perPosition: number; readonly multiplyAdd: number; readonly line: number },
): number {
  return phases.reduce((sum, phase) => {
    const positions = phase.reduce((product, { count }) => product * count, geometry.batch);
    const taps = phase.reduce((product, piece) => product * piece.taps, 1);
    return sum + STEP_COST + (positions * line) / DEPTHWISE_ROWS + (positions * taps * perPosition * multiplyAdd) / 1e6;
  }, 0);
}

/** What one kernel does with a line. */
export interface SideBySide {
  /** Its export, without the arithmetic. */
  readonly kernel: string;
  /** Real numbers side by side. */
  readonly features: number;
  /** Output features that each input feature has, and real numbers from one to the next in the result. */
  readonly multiplier: number;
  readonly yMultiple: number;
  /** Packs the weights of a phase; their address. */
  pack(phase: Phase, x: OperandLayout): number;
}

/** The step of one phase. */
export function sideBySideStep(
  lowered: LoweredConv,
  phase: Phase,
  { memory }: Binding,
  { x, lhs, y, sums }: Places,
  { kernel, features, multiplier, yMultiple, pack }: SideBySide,
): Step {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  const lines = linesOf(lowered, phase, x, y);
  const taps = tapsOf(phase, x);
  const parameters = memory.parameters('Depthwise', {
    x: lhs + taps.origin * operandBytes,
    y: sums + lines.origin * sumBytes,
    weights: pack(phase, x),
    lines: memory.words(lines.table.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    width: lines.width,
    xStep: lines.xStep * operandBytes,
    yStep: lines.yStep * sumBytes,
    taps: memory.words(taps.table.map((offset) => offset * operandBytes)),
    tapCount: taps.table.length,
    features,
    multiplier,
    yMultiple: yMultiple * sumBytes,
  });
  return { kernel: `${lowered.arithmetic}_${kernel}`, parameters, units: lines.table.length * multiplier };
}
