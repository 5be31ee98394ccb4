/** For the tests: problems by JAX's own words, operands of small integers, and convolution by plain loops. */
import { resolve } from '@laxconv/api';
import { convGeometry, sizeOf, type ConvProblem, type DType } from '@laxconv/api/backend';

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

/** The 32-bit array that elements of `dtype` lie in. */
export function wordsOf(dtype: DType, values: number | readonly number[]): Float32Array | Int32Array | Uint32Array {
  const ArrayClass = dtype === 'int32' ? Int32Array : dtype === 'uint32' ? Uint32Array : Float32Array;
  return typeof values === 'number' ? new ArrayClass(values) : ArrayClass.from(values);
}

/** Integers from −3 to 3, or to 6 where there is no sign. Their sums are exact in float32 in any order. */
export function integers(shape: readonly number[], dtype: DType, seed: number): number[] {
  let state = seed;
  return Array.from({ length: sizeOf(shape) }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state >> 16) % 7) - (dtype === 'uint32' ? 0 : 3);
  });
}

/** lhs ∗ rhs by the formula. */
export function expectedOf(problem: ConvProblem, xs: readonly number[], ws: readonly number[]): number[] {
  const { groups, batch, inFeatures, outFeatures, spatial, lhs: x, rhs: w, out: y } = convGeometry(problem);
  const out = Array.from({ length: sizeOf(problem.out.shape) }, () => 0);
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
