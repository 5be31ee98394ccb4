/** Vjp functions: values of small gradients by hand; JAX's are in the goldens. */
import { describe, expect, test } from 'vitest';
import { ruleOfPromise } from '../rule-of.test.fixture.ts';
import { toNumbers } from '../tensor/convert.ts';
import { tensor } from '../tensor/create.ts';
import { toHost } from '../tensor/to-host.ts';
import type { AnyTensor } from '../tensor/tensor.ts';
import { FakeBackend, FakeDevice } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);
const g = tensor([[[1, 100]]]);

const numbers = (cotangents: readonly (AnyTensor | null)[]): unknown => cotangents.map((one) => (one === null ? null : toNumbers(one)));

describe('convGeneralDilatedVjp', () => {
  test('gives the result and both cotangents', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const [out, pullback] = await lax.convGeneralDilatedVjp(x, w, [1], 'VALID');
    expect(toNumbers(out)).toEqual([21, 32]);
    const [dx, dw] = await pullback(g);
    expect([dx.shape, dw.shape]).toEqual([
      [1, 1, 3],
      [1, 1, 2],
    ]);
    expect(numbers([dx, dw])).toEqual([
      [1, 110, 1000],
      [201, 302],
    ]);
  });

  test('an unwanted cotangent is null and not computed', async () => {
    const backend = new FakeBackend();
    const [, pullback] = await laxconvOn(backend).lax.convGeneralDilatedVjp(x, w, [1], 'VALID');
    expect(numbers(await pullback(g, { lhs: false }))).toEqual([null, [201, 302]]);
    expect(numbers(await pullback(g, { rhs: false, lhs: undefined }))).toEqual([[1, 110, 1000], null]);
    expect(numbers(await pullback(g, { lhs: false, rhs: false }))).toEqual([null, null]);
    expect(backend.count('run')).toBe(3);
  });

  test('an integer’s cotangent is null', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const ints = (values: number[]) => tensor(new Int32Array(values), [1, 1, values.length]);
    const [out, pullback] = await lax.convGeneralDilatedVjp(ints([1, 2, 3]), ints([1, 10]), [1], 'VALID');
    expect(toNumbers(out)).toEqual([21, 32]);
    expect(await (pullback as (cotangent: AnyTensor) => Promise<unknown>)(out)).toEqual([null, null]);
  });

  test('of an empty result the cotangents are zeros', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const [out, pullback] = await lax.convGeneralDilatedVjp(x, tensor([[[1, 1, 1, 1]]]), [1], 'VALID');
    expect(out.shape).toEqual([1, 1, 0]);
    expect(numbers(await pullback(out))).toEqual([
      [0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('refuses a cotangent that is none of the result', async () => {
    const { lax, dispose } = laxconvOn(new FakeBackend());
    const [, pullback] = await lax.convGeneralDilatedVjp(x, w, [1], 'VALID');
    const loose = pullback as (...values: unknown[]) => Promise<unknown>;
    for (const [values, rule] of [
      [[], 'call/arity'],
      [[x], 'cotangent/shape'],
      [[tensor([1, 100])], 'cotangent/shape'],
      [[tensor(new Float64Array(2), [1, 1, 2])], 'cotangent/dtype'],
      [[[1, 100]], 'tensor/not-a-tensor'],
      [[g, true], 'call/options'],
      [[g, { left: true }], 'call/unknown-option'],
    ] as const) {
      await expect(ruleOfPromise(loose(...values))).resolves.toBe(rule);
    }
    await dispose();
    await expect(ruleOfPromise(loose(g))).resolves.toBe('instance/disposed');
  });

  test('stays on the device', async () => {
    const device = new FakeDevice();
    const { lax, backend } = laxconvOn(device);
    const [out, pullback] = await lax.convGeneralDilatedVjp(await backend.toDevice(x), w, [1], 'VALID');
    expect(toNumbers(await toHost(out))).toEqual([21, 32]);
    const cotangents = await pullback(g);
    expect(numbers(await Promise.all(cotangents.map((one) => toHost(one))))).toEqual([
      [1, 110, 1000],
      [201, 302],
    ]);
    expect(device.live).toBe(4); // lhs, the result and two cotangents
  });
});

test('convTransposeVjp pulls back through a transposed convolution', async () => {
  const { lax } = laxconvOn(new FakeBackend());
  const [out, pullback] = await lax.convTransposeVjp(tensor([[[1], [2]]]), tensor([[[1]], [[10]]]), [2], 'VALID');
  expect(toNumbers(out)).toEqual([10, 1, 20, 2]);
  expect(numbers(await pullback(tensor([[[1], [2], [3], [4]]])))).toEqual([
    [12, 34],
    [10, 7],
  ]);
});
