/**
 * The convolution by its formula, for what is out of all proportion: kernels far larger than their input, dilations and pads far beyond it.
 * It makes no product that is not there, pads nothing, and keeps no tables; it is scalar, and slow where the others are at home.
 */
import { ARITHMETICS, type Arithmetic } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import { gcd, inverseModulo, sizeOf, type SpatialDimension } from '@laxconv/api/backend';
import type { Algorithm, Binding, BoundKernel } from './algorithm.ts';
import { directBound } from './direct-bound.ts';

/** Microseconds: of a million products, of a position, of a sum (measured); and so much that others go first where it makes no difference. */
const COST: Readonly<Record<Arithmetic, number>> = { f32: 1200, f64: 1200, i16: 1200, i32: 1200, i64: 1200 };
const POSITION_COST = 0.05;
const BASE_COST = 10;
const SUM_COST = 0.02;
/** As in assembly/clipped.ts. */
const POSITIONS = 64;
const TAPS_BYTES = 16;
/** Positions that the number of products is estimated by, per dimension. */
const SAMPLES = 256;
const LARGEST = 2 ** 62;

/** A position by itself where there is no spatial dimension. */
const POINT: SpatialDimension = { input: 1, kernel: 1, output: 1, stride: 1, padLow: 0, padHigh: 0, lhsDilation: 1, rhsDilation: 1 };

/** Reads lhs where it lies, whatever the problem is. */
export const clipped: Algorithm = {
  name: 'clipped',
  readsInPlace: true,
  consider(lowered) {
    const { arithmetic, geometry, components } = lowered;
    const { groups, batch, inFeatures, outFeatures, spatial } = geometry;
    const positions = spatial.reduce((product, { output }) => product * output, batch);
    const sums = positions * groups * outFeatures;
    const taps = spatial.reduce((product, dimension) => product * tapsOf(dimension), 1);
    const products = sums * taps * inFeatures * components ** 2;
    return {
      kernel: `${arithmetic}-clipped-1x1`,
      errorBound: directBound(lowered),
      cost: BASE_COST + positions * POSITION_COST + sums * SUM_COST + (products * COST[arithmetic]) / 1e6,
      reason: 'direct, without the products that meet padding or inserted zeros',
      bind: (binding) => bind(lowered, binding),
    };
  },
};

/** Taps that meet an element, on average over the positions, by a sample of these. */
function tapsOf({ input, kernel, output, stride, padLow, lhsDilation, rhsDilation }: SpatialDimension): number {
  const samples = Math.min(output, SAMPLES);
  let sum = 0;
  for (let index = 0; index < samples; index++) {
    const base = Math.floor((index * output) / samples) * stride - padLow;
    const first = Math.max(0, Math.ceil(-base / rhsDilation));
    const last = Math.min(kernel - 1, Math.floor(((input - 1) * lhsDilation - base) / rhsDilation));
    sum += Math.max(0, last - first + 1) / (lhsDilation / gcd(lhsDilation, rhsDilation));
  }
  return sum / samples;
}

function bind({ arithmetic, geometry, components, problem }: LoweredConv, { memory, weights, lhs, sums }: Binding): BoundKernel {
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { groups, batch, inFeatures, outFeatures, lhs: x, rhs: w, out: y } = geometry;
  const real = components;
  const [xBytes, yBytes] = [real * operandBytes, real * sumBytes];
  // Weights stay in the order in which they came; complex ones have become planes, re, im and −im.
  const count = sizeOf(problem.rhs.shape);
  const bytes = real * count * operandBytes;
  const copy = memory.allocate(bytes);
  memory.heap.bytes.copyWithin(copy, weights, weights + bytes);

  const spatial = geometry.spatial.length === 0 ? [POINT] : geometry.spatial;
  const axes = spatial.flatMap((dimension, d) =>
    axisOf(dimension, [(x.spatial[d] ?? 0) * xBytes, (w.spatial[d] ?? 0) * operandBytes, (y.spatial[d] ?? 0) * yBytes]),
  );
  const table = memory.allocate(8 * axes.length);
  new BigInt64Array(memory.heap.buffer, table, axes.length).set(axes.map(BigInt));
  const positions = spatial.reduce((product, { output }) => product * output, batch);
  const parameters = memory.parameters('Clipped', {
    x: lhs + x.offset * xBytes,
    y: sums + y.offset * yBytes,
    weights: copy + w.offset * operandBytes,
    plane: real === 2 ? count * operandBytes : 0,
    axes: table,
    rank: spatial.length,
    positions,
    groups,
    columns: outFeatures,
    features: inFeatures,
    xBatch: x.outer * xBytes,
    xGroup: x.group * xBytes,
    xFeature: x.inner * xBytes,
    wGroup: w.group * operandBytes,
    wColumn: w.outer * operandBytes,
    wFeature: w.inner * operandBytes,
    yBatch: y.outer * yBytes,
    yGroup: y.group * yBytes,
    yColumn: y.inner * yBytes,
  });
  const steps = [{ kernel: `${arithmetic}_clipped`, parameters, units: Math.ceil(positions / POSITIONS) }];
  return { steps, scratchBytes: TAPS_BYTES * spatial.length };
}

/** The words of class Axis in assembly/clipped.ts. */
function axisOf(dimension: SpatialDimension, [x, w, y]: readonly number[]): number[] {
  const { input, kernel, output, stride, padLow, lhsDilation, rhsDilation } = dimension;
  const shared = gcd(lhsDilation, rhsDilation);
  const tapStep = lhsDilation / shared;
  const inverse = inverseModulo((rhsDilation / shared) % tapStep, tapStep);
  const span = Math.min(LARGEST, (input - 1) * lhsDilation);
  return [output, stride, padLow, kernel, rhsDilation, lhsDilation, span, shared, tapStep, inverse, x, w, y];
}
