/** Operands near the end of float32's range: transforms leave it, and what leaves it is computed once more. */
import { laxconvOn } from '@laxconv/api';
import { sizeOf, type Tensor } from '@laxconv/api/backend';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import { acquireDevice } from '../device/acquire.ts';
import { Gpu } from '../device/gpu.ts';
import { backendOn, type WebgpuBackend } from '../webgpu-backend.ts';
import { winograd } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] } as const;

/** `values` · `scale` as a tensor; complex ones have no imaginary part. */
function tensorOf(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: 'float32' | 'complex64',
  scale: number,
): Tensor<'float32' | 'complex64'> {
  const data = new Float32Array(values.length * (dtype === 'float32' ? 1 : 2));
  for (let index = 0; index < values.length; index++) data[(index * data.length) / values.length] = (values[index] * scale) / 3;
  return { dtype, shape, data };
}

describe.each([
  [2, 2],
  [2, 1],
  [4, 2],
  [4, 1],
] as const)('F(%i, 3) in %i dimensions', (outputs, dimensions) => {
  let backend: WebgpuBackend;
  beforeAll(async () => {
    backend = backendOn(new Gpu(await acquireDevice({})), [winograd(outputs, { dimensions: [dimensions] })]);
  });
  afterAll(() => backend.dispose());

  test.each([
    ['float32', 1e38, 1e-30, {}],
    ['float32', 3e38, 1e-3, { rhsDilation: [2, 1] }],
    ['float32', 3e38, 1e-3, { lhsDilation: [2, 2] }],
    ['float32', 1e-37, 2e38, {}],
    // The others are not proven for so few complex features.
    ...(outputs === 2 * dimensions ? ([['complex64', 1e38, 1e-30, {}]] as const) : []),
  ] as const)('%s: %d by %d, %o', async (dtype, large, small, options) => {
    const window = 'lhsDilation' in options ? 5 : 3;
    const shapes = [
      [2, 9, 11, 24],
      [window, window, 24, 25],
    ] as const;
    const padding = window === 3 ? 'SAME' : [[3, 2], [2, 3]] as const; // prettier-ignore
    const problem = problemOf(shapes[0], shapes[1], [1, 1], padding, { ...NHWC, ...options });
    const [xs, ws] = [integers(shapes[0], 'float32', 1), integers(shapes[1], 'float32', 2)];
    const rhs = tensorOf(ws, shapes[1], dtype, small);
    const { lax } = laxconvOn(backend);
    const spec = { shape: shapes[0], dtype };
    const bound = await lax.prepareConvGeneralDilated(spec, rhs, [1, 1], padding, { ...NHWC, ...options });
    expect(bound.kernel).toContain('winograd');
    const sums = expectedOf(problem, xs, ws);
    // Each run begins anew: what one has left the range with is no matter of the next, nor of one at the same time.
    const scales = [large, 1e-3, large, 1e-3];
    const results = await Promise.all(scales.map((scale) => bound.run(tensorOf(xs, shapes[0], dtype, scale))));
    for (const [run, scale] of scales.entries()) {
      const { data } = results[run];
      const unit = (scale / 3) * (small / 3);
      // Small integers, in thirds: some units in the last place of as many products as there are.
      const allowed = (sizeOf(shapes[1]) / 25) * 9 * 2 ** -22 * unit;
      const components = data.length / sums.length;
      const wrong = sums.findIndex((sum, index) => !(Math.abs(data[index * components] - sum * unit) <= allowed));
      expect({ scale, wrong: wrong < 0 ? 'none' : [data[wrong * components], sums[wrong] * unit] }).toEqual({ scale, wrong: 'none' });
    }
    await bound.dispose();
  });
});
