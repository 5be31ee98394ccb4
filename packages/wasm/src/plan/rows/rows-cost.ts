/** What the line kernels cost, in microseconds, by constants that were measured (docs/adding-a-kernel.md). */
import { copyCost } from '../../layout/copy-cost.ts';
import type { LineOperand } from '../../layout/line-operand.ts';
import type { LineResult } from '../../layout/line-result.ts';
import { ARITHMETICS, type Arithmetic } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import { pairedDimension, rowsLines, rowsReduction } from './rows-loops.ts';
import { BLOCK, ROWS } from './rows-tiles.ts';
import type { RowsWork } from './rows-work.ts';

/** Microseconds of a step, however small. */
const STEP = 0.08;
/** Of a line, of a tile, of a segment of a tile. */
const LINE = 0.004;
const TILE = 0.006;
const SEGMENT = 0.0012;
/** Of a multiply-add of a vector; and the least of an element of the reduction, that is, of one after the other. */
const VECTOR: Readonly<Record<Arithmetic, number>> = { f32: 0.00016, f64: 0.00016, i16: 0.00028, i32: 0.00018, i64: 0.00068 };
/** Of one feature alone: a load for each multiply-add. */
const LOAD_BOUND = 1.4;
const LATENCY = 0.0011;

/** Microseconds of a run in the way of `work`. */
export function rowsCost(lowered: LoweredConv, { parts, result, line, complete }: RowsWork): number {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  let cost = complete ? 0 : STEP + result.size * sumBytes * 0.00003;
  for (const { axes } of result.copies ?? []) cost += STEP + copyCost(axes, sumBytes);
  for (const part of parts) {
    for (const { axes } of part.operand.copies ?? []) cost += STEP + copyCost(axes, operandBytes);
    for (const phase of part.phases) cost += phaseCost(lowered, phase, line, part.operand, result);
  }
  return cost;
}

/** Microseconds of one phase. */
export function phaseCost(lowered: LoweredConv, phase: Phase, line: number, operand: LineOperand, result: LineResult): number {
  const { arithmetic, geometry, components } = lowered;
  const { outputs, tiles, pairs } = ROWS[arithmetic];
  const pair = pairedDimension(lowered, phase, line);
  const { table, width } = rowsLines(lowered, phase, line, pair, operand, result);
  const { segments, elements } = rowsReduction(lowered, phase, line, pair, operand);
  const vectors = Math.ceil(width / outputs);
  const lineCost = (most: number, sums: number): number => {
    const tileCost = (size: number): number =>
      TILE + SEGMENT * segments.length + elements * Math.max(LATENCY, sums * size * VECTOR[arithmetic] * (sums === 1 ? LOAD_BOUND : 1));
    const rest = vectors % most;
    return LINE + Math.floor(vectors / most) * tileCost(most) + (rest > 0 ? tileCost(rest) : 0);
  };
  const features = geometry.outFeatures * components;
  const rest = features % BLOCK;
  const perLine =
    pair === null
      ? Math.floor(features / BLOCK) * lineCost(tiles[BLOCK - 1], BLOCK) + (rest > 0 ? lineCost(tiles[rest - 1], rest) : 0)
      : lineCost(pairs, 2);
  return STEP + geometry.groups * table.length * perLine;
}
