/** The FFT at its edges, against the formula: every radix and length, rests of tiles and lanes, layouts, groups, strides, dilations, ranges. */
import type { DType, Tensor } from '@laxconv/api/backend';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolve, expectedOf, integers, problemOf } from '../../convolve.test.fixture.ts';
import { lower, type LoweredConv } from '../../lower/lower.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import type { Machine } from '../../program/machine.ts';
import type { Algorithm } from '../algorithm.ts';
import { bindFft, fft, fftFrom, fftPhases } from './fft.ts';

const ALWAYS = fftFrom(1);
const DTYPES: readonly DType[] = ['float32', 'float64'];
/** Unit roundoffs. */
const ROUNDOFF: Partial<Record<DType, number>> = { float32: 2 ** -24, float64: 2 ** -53 };

/** The FFT with transforms of these lengths. */
function withLengths(lengths: readonly number[]): Algorithm {
  const phasesOf = (lowered: LoweredConv): Exclude<ReturnType<typeof fftPhases>, string> => {
    const found = fftPhases(lowered, () => ({ lengths, cost: 1 }));
    if (typeof found === 'string') throw new Error(found);
    return found;
  };
  return {
    name: 'fft',
    consider: (lowered, isa) => {
      const candidate = ALWAYS.consider(lowered, isa);
      if (typeof candidate === 'string') return candidate;
      const { phases, complete } = phasesOf(lowered);
      return { ...candidate, bind: (binding) => bindFft(lowered, phases, complete, binding) };
    },
  };
}

/** By Math.hypot, which squares of numbers near the end of the range do not overflow. */
function norm({ data }: Tensor): number {
  return Math.hypot(...Array.from(data as ArrayLike<number>, Number));
}

/** Holds `algorithm` on these operands to the bound that it states, its norms taken over all features, and N as padding and dilation leave it at its least. */
async function expectNear(
  machine: Machine,
  algorithm: Algorithm,
  problem: Parameters<typeof lower>[0],
  lhs: Tensor,
  rhs: Tensor,
): Promise<void> {
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, [algorithm]);
  const want = expectedOf(problem, lhs, rhs);
  const worst = out.reduce((most, value, index) => Math.max(most, Number.isNaN(value) ? Infinity : Math.abs(value - want[index])), 0);
  const candidate = algorithm.consider(lower(problem, false), 'simd128');
  if (typeof candidate === 'string') throw new Error(candidate);
  const { errorBound } = candidate;
  if (errorBound.kind !== 'signal') throw new Error(`a bound of kind ${errorBound.kind}`);
  const stages = problem.lhsSpec.slice(2).reduce((sum, axis, d) => {
    const points = problem.lhs.shape[axis] + problem.rhs.shape[problem.rhsSpec[d + 2]] - 1;
    return sum + Math.ceil(Math.log2(points));
  }, 0);
  const roundoff = ROUNDOFF[problem.lhs.dtype] ?? 0;
  const allowed = roundoff * (errorBound.c * Math.max(1, stages) * norm(lhs) * norm(rhs) + Math.max(...want.map(Math.abs)));
  expect(kernel).toContain('fft');
  expect({ problem, worst, near: worst <= allowed }).toEqual({ problem, worst, near: true });
}

async function expectRight(machine: Machine, algorithm: Algorithm, ...call: Parameters<typeof problemOf>): Promise<void> {
  const problem = problemOf(...call);
  const { dtype } = problem.lhs;
  await expectNear(machine, algorithm, problem, integers(problem.lhs.shape, dtype, 1), integers(problem.rhs.shape, dtype, 2));
}

describe.each(ISAS)('%s', (isa) => {
  let machine: Machine;

  beforeAll(async () => {
    machine = new ReversingMachine(await loadModule(isa));
  });

  test.each(DTYPES)('%s: every radix, alone and before others, and lengths beyond the innermost cache', async (dtype) => {
    for (const length of [16, 32, 48, 64, 80, 96, 128, 144, 160, 240, 256, 320, 480, 512, 720, 4096, 5120, 15_360]) {
      const taps = Math.ceil(length / 5);
      await expectRight(
        machine,
        withLengths([length]),
        [1, 1, Math.min(2 * length, 9000)],
        [1, 1, taps > 99 ? 99 : taps],
        [1],
        'SAME',
        {},
        dtype,
      );
    }
  });

  test.each(DTYPES)('%s: every rest of tiles and lanes', async (dtype) => {
    for (let size = 1; size <= 40; size++) await expectRight(machine, withLengths([16]), [1, 1, size], [1, 1, 4], [1], [[3, 3]], {}, dtype);
    for (let taps = 2; taps <= 16; taps++)
      await expectRight(machine, withLengths([16]), [1, 1, 41], [1, 1, taps], [1], [[taps, 2]], {}, dtype);
  });

  test.each(DTYPES)('%s: two and three dimensions, one of them with one tap', async (dtype) => {
    await expectRight(machine, withLengths([6, 16]), [1, 1, 13, 29], [1, 1, 3, 5], [1, 1], 'SAME', {}, dtype);
    await expectRight(machine, withLengths([20, 48]), [2, 1, 13, 29], [1, 1, 3, 5], [1, 1], [[4, -2], [-3, 5]], {}, dtype); // prettier-ignore
    await expectRight(machine, withLengths([90, 160]), [1, 1, 120, 210], [1, 1, 7, 6], [1, 1], 'SAME', {}, dtype);
    await expectRight(machine, withLengths([4, 5, 16]), [1, 1, 5, 6, 19], [1, 1, 2, 3, 4], [1, 1, 1], 'SAME', {}, dtype);
    await expectRight(machine, ALWAYS, [1, 2, 9, 11], [3, 2, 5, 1], [1, 1], 'SAME', {}, dtype);
    await expectRight(machine, ALWAYS, [1, 2, 9, 11], [3, 2, 1, 5], [2, 1], 'SAME', {}, dtype);
  });

  test.each(DTYPES)('%s: features on both sides, groups of both kinds, features last', async (dtype) => {
    const nwc = { dimensionNumbers: ['NWC', 'WIO', 'NWC'] };
    await expectRight(machine, ALWAYS, [2, 3, 50], [5, 3, 7], [1], 'SAME', {}, dtype);
    await expectRight(machine, ALWAYS, [2, 50, 3], [7, 3, 5], [1], 'SAME', nwc, dtype);
    await expectRight(machine, ALWAYS, [2, 50, 6], [7, 2, 9], [1], 'SAME', { ...nwc, featureGroupCount: 3 }, dtype);
    await expectRight(machine, ALWAYS, [6, 50, 2], [7, 2, 9], [1], 'SAME', { ...nwc, batchGroupCount: 3 }, dtype);
    await expectRight(machine, ALWAYS, [1, 9, 7, 4], [3, 5, 4, 2], [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NCHW'] }, dtype);
  });

  test.each(DTYPES)('%s: strides as features, dilations as convolutions of their own, outputs that sum nothing', async (dtype) => {
    for (const stride of [2, 3, 5]) await expectRight(machine, ALWAYS, [1, 2, 41], [3, 2, 7], [stride], [[3, 4]], {}, dtype);
    for (const rhsDilation of [[2], [3]]) await expectRight(machine, ALWAYS, [1, 2, 41], [3, 2, 7], [1], 'SAME', { rhsDilation }, dtype);
    for (const lhsDilation of [[2], [3]]) await expectRight(machine, ALWAYS, [1, 2, 21], [3, 2, 7], [1], [[5, 6]], { lhsDilation }, dtype);
    const all = { lhsDilation: [3, 2], rhsDilation: [2, 3] };
    await expectRight(machine, ALWAYS, [1, 2, 9, 12], [2, 2, 4, 3], [2, 3], [[4, 3], [5, -1]], all, dtype); // prettier-ignore
    await expectRight(machine, ALWAYS, [1, 1, 3], [1, 1, 2], [1], [[9, 9]], { lhsDilation: [7] }, dtype);
  });

  test.each(DTYPES)('%s: numbers that a transform would lose or lift out of range', async (dtype) => {
    const problem = problemOf([1, 1, 300], [1, 1, 40], [1], 'SAME', {}, dtype);
    const [lhs, rhs] = [integers(problem.lhs.shape, dtype, 3), integers(problem.rhs.shape, dtype, 4)];
    const scaled = ({ data, ...tensor }: Tensor, exponent: number): Tensor => ({
      ...tensor,
      data: (data as Float32Array<ArrayBuffer>).map((value) => value * 2 ** exponent),
    });
    const far = dtype === 'float32' ? 120 : 1000;
    for (const [x, w] of [
      [far, 0],
      [0, far],
      [-far - 28, far],
      [far, -far - 28],
      [far / 2, far / 2],
      [-far / 2, far],
    ]) {
      // prettier-ignore
      await expectNear(machine, ALWAYS, problem, scaled(lhs, x), scaled(rhs, w));
    }
  });

  test('float32: sums that cancel, and large beside small', async () => {
    const problem = problemOf([1, 1, 4000], [1, 1, 300], [1], 'VALID', {}, 'float32');
    const of = (shape: readonly number[], value: (index: number) => number): Tensor => ({
      dtype: 'float32',
      shape,
      data: Float32Array.from({ length: shape[2] }, (_, index) => value(index)),
    });
    const kinds: readonly ((index: number) => number)[] = [
      (index) => (index % 2 === 0 ? 1 : -1),
      () => 1 / 3,
      (index) => (index === 17 ? 1e8 : 1 / (index + 1)),
      (index) => Math.sin(index / 7),
    ];
    for (const x of kinds)
      for (const w of kinds) await expectNear(machine, ALWAYS, problem, of(problem.lhs.shape, x), of(problem.rhs.shape, w));
  });
});

test('a batch element does not lose what another is larger by', async () => {
  const machine = new ReversingMachine(await loadModule());
  const problem = problemOf([2, 1, 40], [1, 1, 9], [1], 'SAME');
  const lhs = integers(problem.lhs.shape, 'float32', 1);
  const [large, small] = [(lhs.data as Float32Array).subarray(0, 40), (lhs.data as Float32Array).subarray(40)];
  large.forEach((_, index) => (large[index] *= 1e12));
  const rhs = integers(problem.rhs.shape, 'float32', 2);
  const { out } = await convolve(machine, problem, lhs, rhs, [ALWAYS]);
  const want = expectedOf(problem, lhs, rhs);
  expect(Math.max(...out.slice(40).map((value, index) => Math.abs(value - want[40 + index])))).toBeLessThan(
    1e-6 * Math.hypot(...small) * 30,
  );
});

test('what it leaves to others', () => {
  const reason = (algorithm: Algorithm, ...call: Parameters<typeof problemOf>): unknown => {
    const candidate = algorithm.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  const signal = [[1, 1, 999], [1, 1, 99], [1], 'SAME'] as const;
  expect(reason(fft, ...signal)).toBe('f32-fft');
  expect(reason(fft, ...signal, {}, 'complex128')).toBe('f64-fft');
  expect(reason(fft, ...signal, {}, 'float16')).toBe('f32-fft');
  expect(reason(fft, ...signal, {}, 'int32')).toContain('exact');
  expect(reason(fft, ...signal, { precision: 'high' })).toContain("'high'");
  expect(reason(fft, [1, 1, 999], [1, 1, 9], [1], 'SAME')).toContain('taps');
  expect(reason(fft, [1, 1, 999], [1, 1, 99], [1], 'SAME', { rhsDilation: [101] })).toContain('too many convolutions');
  expect(reason(fft, [1, 1, 999], [1, 1, 99], [97], 'SAME')).toContain('too many convolutions');
  expect(reason(fft, [1, 1, 9, 9, 9, 9], [1, 1, 3, 3, 3, 3], [1, 1, 1, 1], 'SAME')).toContain('dimensions');
  expect(reason(fft, [1, 1, 1e9], [1, 1, 1e8], [1], 'SAME')).toContain('too large');
});
