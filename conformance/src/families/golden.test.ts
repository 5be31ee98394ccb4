/** The golden and validation families judge what they should: each verdict once, on goldens made up here. */
import { laxconvOn, type Tensor } from '@laxconv/api';
import type { Backend } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import type { GoldenCase, GoldenOutcome } from '../goldens/golden-case.ts';
import type { Goldens } from '../goldens/goldens.ts';
import type { Json } from '../goldens/operand.ts';
import type { Observation } from '../suite/test.ts';
import { goldenTests } from './golden.ts';
import { record } from './recording.ts';
import { traceElements } from './trace-elements.ts';
import { validationTests } from './validation.ts';

const f32 = (shape: readonly number[], ...data: number[]): Tensor => ({ dtype: 'float32', shape, data: Float32Array.from(data) });
const X = f32([1, 1, 3], 1, 2, 3);
const W = f32([1, 1, 2], 1, 10);

interface Call {
  readonly fn?: string;
  readonly operands?: readonly (Tensor | Json)[];
  readonly args?: readonly Json[];
}

/** Runs the one test that these goldens make. */
async function judge(outcome: GoldenOutcome, expected: unknown, { fn = 'lax.conv', operands = [X, W], args = [[1], 'VALID'] }: Call = {}) {
  const golden = {
    id: 'golden:a/b',
    family: 'a',
    name: 'b',
    about: 'one',
    params: {},
    call: { fn, operands: [], args },
    outcome,
    notes: [],
    x64: true,
  };
  const goldens = {
    cases: [golden as unknown as GoldenCase],
    operands: () => Promise.resolve(operands),
    expected: () => Promise.resolve(expected),
  } as unknown as Goldens;
  const observed: Observation[] = [];
  const [only] = [...goldenTests(goldens), ...validationTests(goldens)];
  await only.run({ backend: await createBackend(), createBackend, seed: 1, runs: 1, observe: (observation) => observed.push(observation) });
  return observed;
}

const value = (tensor: Tensor): Promise<Observation[]> => judge({ kind: 'value', spec: tensor }, tensor);

describe('a golden', () => {
  test("passes on JAX's value and observes the kernel", async () => {
    expect(await value(f32([1, 1, 2], 21, 32))).toEqual([{ kernel: 'float32-direct-1x1', errorOverBound: 0 }]);
  });

  test('allows both bounds together, no more', async () => {
    await value(f32([1, 1, 2], 21, 32 + 2 ** -18));
    await expect(value(f32([1, 1, 2], 21, 32 + 2 ** -12))).rejects.toThrow("element [0, 0, 1] is 32, JAX's value is 32.000244");
  });

  test('holds shape and dtype', async () => {
    await expect(value(f32([1, 2], 21, 32))).rejects.toThrow("the result's shape is [1, 1, 2], expected [1, 2]");
    await expect(value({ dtype: 'float64', shape: [1, 1, 2], data: Float64Array.of(21, 32) })).rejects.toThrow(
      "the result's dtype is float32",
    );
  });

  test('holds an empty sum to zeros', async () => {
    const operands = [f32([1, 0, 3]), f32([1, 0, 2])];
    const zeros = f32([1, 1, 2], 0, 0);
    expect(await judge({ kind: 'value', spec: zeros }, zeros, { operands })).toEqual([]);
    const ones = f32([1, 1, 2], 0, 1);
    await expect(judge({ kind: 'value', spec: ones }, ones, { operands })).rejects.toThrow('element 1 of an empty sum is 0');
  });

  test('holds a result and both cotangents of a pullback', async () => {
    const call = { fn: 'lax.convGeneralDilatedVjp', operands: [X, W, f32([1, 1, 2], 1, 1)] };
    const specs = [X, X, W];
    const right = [f32([1, 1, 2], 21, 32), f32([1, 1, 3], 1, 11, 10), f32([1, 1, 2], 3, 5)];
    expect(await judge({ kind: 'values', specs }, right, call)).not.toEqual([]);
    for (const [index, tensor] of right.entries()) {
      const wrong = right.with(index, { ...tensor, data: Float32Array.from(tensor.data as Float32Array, (x) => x + 1) });
      await expect(judge({ kind: 'values', specs }, wrong, call)).rejects.toThrow("JAX's value is");
      if (index > 0) await expect(judge({ kind: 'values', specs }, right.with(index, null as never), call)).rejects.toThrow('must be null');
    }
  });

  test('compares JSON whatever the order of its keys', async () => {
    const call = {
      fn: 'lax.convDimensionNumbers',
      operands: [],
      args: [
        [1, 1, 2],
        [1, 1, 2],
        ['NWC', 'WIO', 'NWC'],
      ],
    };
    const spec = { outSpec: [0, 2, 1], rhsSpec: [2, 1, 0], lhsSpec: [0, 2, 1] };
    await judge({ kind: 'json', value: spec }, spec, call);
    await expect(judge({ kind: 'json', value: spec }, { ...spec, lhsSpec: [0, 1, 2] }, call)).rejects.toThrow("JAX's is");
  });
});

describe('a recorded refusal', () => {
  const refusal = (rule: string, jaxError: string): GoldenOutcome =>
    ({ kind: 'error', rule, jaxError, jaxMessage: 'as JAX says', difference: undefined }) as GoldenOutcome;
  const strided: Call = { args: [[0], 'VALID'] };

  test('passes when class and rule are the recorded ones', async () => {
    expect(await judge(refusal('window-strides/positive', 'ValueError'), undefined, strided)).toEqual([]);
  });

  test('fails for another rule, another class, or none', async () => {
    await expect(judge(refusal('padding/count', 'TypeError'), undefined, strided)).rejects.toThrow('JAX breaks it off at padding/count');
    await expect(judge(refusal('window-strides/positive', 'TypeError'), undefined, strided)).rejects.toThrow('no difference is documented');
    await expect(judge(refusal('window-strides/positive', 'ValueError'), undefined)).rejects.toThrow('accepted, but JAX refuses it');
  });
});

test('elements of a rearranged result are traced to where they came from', async () => {
  const { backend, runs } = record(await createBackend());
  const call = async (on: Backend): Promise<Tensor> => {
    const out = await laxconvOn(on).lax.conv(f32([1, 1, 6], 1, 2, 3, 4, 5, 6), f32([1, 1, 1], 1), [1], 'VALID');
    return { ...out, shape: [5], data: out.data.slice(1).toReversed() };
  };
  await call(backend);
  expect(Array.from(await traceElements(runs, call))).toEqual([5, 4, 3, 2, 1]);
});
