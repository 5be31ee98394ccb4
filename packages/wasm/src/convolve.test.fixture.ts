/** For the tests: problems by JAX's own words, one convolution on a machine, and the same by plain loops. */
import { resolve } from '@laxconv/api';
import { allocate, convGeometry, DTYPES, Lifetime, sizeOf, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import type { Algorithm } from './plan/algorithm.ts';
import { WasmPlan } from './wasm-plan.ts';
import type { Machine } from './program/machine.ts';

/** The problem of a call of lax.convGeneralDilated. */
export function problemOf(
  lhs: readonly number[],
  rhs: readonly number[],
  strides: readonly number[],
  padding: unknown,
  options: object = {},
  dtype: DType = 'float32',
): ConvProblem {
  const operands = [
    { shape: lhs, dtype },
    { shape: rhs, dtype },
  ];
  const [problem] = resolve({ fn: 'lax.convGeneralDilated', operands, args: [strides, padding, options] });
  if (problem === undefined) throw new Error('an empty problem');
  return problem;
}

/** Small integers, whose sums are exact in every dtype and order. */
export function integers(shape: readonly number[], dtype: DType, seed: number): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  const elements = data as unknown as { [index: number]: number | bigint };
  const { kind } = DTYPES[dtype];
  let state = seed;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const value = kind === 'bool' ? (state >> 16) & 1 : ((state >> 16) % 7) - (kind === 'uint' ? 0 : 3);
    elements[index] = dtype === 'int64' || dtype === 'uint64' ? BigInt(value) : value;
  }
  return { dtype, shape, data };
}

/** lhs ∗ rhs on `machine`, by the cheapest of `algorithms`. */
export async function convolve(
  machine: Machine,
  problem: ConvProblem,
  lhs: Tensor,
  rhs: Tensor,
  algorithms?: readonly Algorithm[],
): Promise<{ kernel: string; out: number[] }> {
  const lifetime = new Lifetime('the test', () => undefined);
  const plan = new WasmPlan(machine, problem, lifetime, algorithms);
  const bound = await plan.bindRhs(rhs);
  const out = (await bound.run(lhs)) as Tensor;
  await lifetime.end();
  return { kernel: plan.kernel, out: Array.from(out.data as ArrayLike<number | bigint>, Number) };
}

/** lhs ∗ rhs by the formula, real numbers only. */
export function expectedOf(problem: ConvProblem, lhs: Tensor, rhs: Tensor): number[] {
  const { groups, batch, inFeatures, outFeatures, spatial, lhs: x, rhs: w, out: y } = convGeometry(problem);
  const [xs, ws] = [lhs, rhs].map(({ data }) => Array.from(data as ArrayLike<number | bigint>, Number));
  const out = new Array<number>(sizeOf(problem.out.shape)).fill(0);
  const visit = (d: number, yAt: number, taps: readonly (readonly [number, number])[]): void => {
    if (d < spatial.length) {
      const { input, kernel, output, stride, padLow, lhsDilation, rhsDilation } = spatial[d];
      for (let p = 0; p < output; p++) {
        const here = Array.from({ length: kernel }, (_, k) => [(p * stride + k * rhsDilation - padLow) / lhsDilation, k]).filter(
          ([i]) => Number.isInteger(i) && i >= 0 && i < input,
        );
        visit(
          d + 1,
          yAt + p * y.spatial[d],
          taps.flatMap(([xAt, wAt]) => here.map(([i, k]) => [xAt + i * x.spatial[d], wAt + k * w.spatial[d]] as const)),
        );
      }
      return;
    }
    for (let g = 0; g < groups; g++) {
      for (let n = 0; n < batch; n++) {
        for (let o = 0; o < outFeatures; o++) {
          let sum = 0;
          for (let i = 0; i < inFeatures; i++) {
            const xAt = g * x.group + n * x.outer + i * x.inner;
            const wAt = w.offset + g * w.group + o * w.outer + i * w.inner;
            for (const [xTap, wTap] of taps) sum += xs[xAt + xTap] * ws[wAt + wTap];
          }
          out[yAt + g * y.group + n * y.outer + o * y.inner] = sum;
        }
      }
    }
  };
  visit(0, 0, [[0, 0]]);
  return out;
}
