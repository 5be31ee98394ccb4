/** Arguments that change while a call runs, or each time they are read: they spoil their own call at most, and never in silence. */
import { describe, expect, test } from 'vitest';
import { ruleOfPromise } from '../rule-of.test.fixture.ts';
import { tensor } from '../tensor/create.ts';
import type { AnyTensor } from '../tensor/tensor.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

function transferAway({ data }: AnyTensor): void {
  structuredClone(data.buffer, { transfer: [data.buffer as ArrayBuffer] });
}

describe('data that is transferred away after the call began', () => {
  test('of an operand that is cast', async () => {
    const { numpy } = laxconvOn(new FakeBackend());
    for (const dtype of ['int8', 'int64'] as const) {
      const [a, v] = [tensor([1, 2, 3], null, dtype), tensor([1, 1], null, dtype)];
      const call = numpy.convolve(a, v);
      transferAway(v);
      expect(await ruleOfPromise(call)).toBe('tensor/detached');
    }
  });

  test('of an operand that a later step reads', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const kernel = tensor([[[1, 2, 3]], [[4, 5, 6]]]);
    const call = lax.convGeneralDilatedLocal(tensor([[[1, 2, 3]]]), kernel, [1], 'VALID', [1]);
    transferAway(kernel);
    expect(await ruleOfPromise(call)).toBe('tensor/detached');
  });

  test('of an operand of a pullback, before the pullback is called', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const [x, w] = [
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
      tensor([[[1]], [[2]]]),
    ];
    const [out, pullback] = await lax.convGeneralDilatedVjp(x, w, [1], 'VALID', { featureGroupCount: 2 });
    transferAway(w);
    await expect(pullback(out)).rejects.toMatchObject({ rule: 'tensor/detached', argument: 'rhs' });
  });
});

test('data that grows after the call began', async () => {
  const { numpy } = laxconvOn(new FakeBackend());
  const buffer = new ArrayBuffer(12, { maxByteLength: 24 });
  const call = numpy.convolve(tensor([1]), tensor(new Int32Array(buffer)));
  buffer.resize(24);
  expect(await ruleOfPromise(call)).toBe('tensor/length');
});

test('an option that says something else each time spoils no later call', async () => {
  const { lax } = laxconvOn(new FakeBackend());
  const x = tensor([
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  const w = tensor([[[1]], [[1]]]);
  let reads = 0;
  const fickle = {
    get featureGroupCount() {
      reads += 1;
      return reads === 1 ? 1 : 2;
    },
  };
  await lax.convGeneralDilated(x, w, [1], 'VALID', fickle).catch(() => undefined);
  // One group of two features does not go with a kernel of one.
  expect(await ruleOfPromise(lax.convGeneralDilated(x, w, [1], 'VALID', { featureGroupCount: 1 }))).toBe(
    'feature-group-count/rhs-features',
  );
});
