/** Arrays that say something else than they are: what is read and written is the memory that they have, no byte more. */
import { describe, expect, test } from 'vitest';
import { runInNewContext } from 'node:vm';
import { FakeBackend } from '../instance/fake-backend.test.fixture.ts';
import { laxconvOn } from '../instance/instance.ts';
import { checkOut, hostOperand } from '../problem/check-operand.ts';
import { ruleOf, ruleOfPromise } from '../rule-of.test.fixture.ts';
import { convert, toNested, toNumbers } from './convert.ts';
import { tensor } from './create.ts';
import type { AnyTensor, Tensor } from './tensor.ts';

const SECRET = 7;

/** Four elements, of which the caller's are the first two. */
const memory = (): ArrayBuffer => new Float32Array([1, 2, SECRET, SECRET]).buffer;

class Longer extends Float32Array<ArrayBuffer> {
  override get length(): number {
    return 4;
  }
  override get byteLength(): number {
    return 16;
  }
}
class Elsewhere extends Float32Array<ArrayBuffer> {
  override get buffer(): ArrayBuffer {
    return new Float32Array([SECRET, SECRET]).buffer;
  }
  override get byteOffset(): number {
    return 8;
  }
}
class Otherwise extends Float32Array<ArrayBuffer> {
  override subarray(): never {
    throw new Error('subarray');
  }
  override slice(): never {
    throw new Error('slice');
  }
  override set(): never {
    throw new Error('set');
  }
  override fill(): never {
    throw new Error('fill');
  }
}
const isOrdinary = (data: object): boolean => Object.getPrototypeOf(data) === Float32Array.prototype;
const property = (name: string, value: unknown): Float32Array<ArrayBuffer> =>
  Object.defineProperty(new Float32Array(memory(), 0, 2), name, { value });

const LIARS: readonly (readonly [string, () => Float32Array<ArrayBuffer>])[] = [
  ['a subclass with another length', () => new Longer(memory(), 0, 2)],
  ['a subclass with other memory', () => new Elsewhere(memory(), 0, 2)],
  ['a subclass with other methods', () => new Otherwise(memory(), 0, 2)],
  ['an array with a length of its own', () => property('length', 4)],
  ['an array with a byteLength of its own', () => property('byteLength', 16)],
  ['an array with a buffer of its own', () => property('buffer', new Float32Array([SECRET, SECRET]).buffer)],
  ['an array with methods of its own', () => property('set', (view: Float32Array) => view.fill(SECRET))],
  ['an array with another name', () => Object.defineProperty(property('length', 4), Symbol.toStringTag, { value: 'Int8Array' })],
  ['an array of another realm', () => runInNewContext('new Float32Array(memory, 0, 2)', { memory: memory() }) as Float32Array<ArrayBuffer>],
];

describe.each(LIARS)('%s', (_, make) => {
  /** As `tensor` would not make it. */
  const byHand = (shape: readonly number[]): Tensor<'float32'> => ({ dtype: 'float32', shape, data: make() });

  test('is what it is, in a tensor', () => {
    const data = make();
    const made = tensor(data);
    expect([made.shape, isOrdinary(made.data), Reflect.ownKeys(made.data)]).toEqual([[2], true, ['0', '1']]);
    expect([...made.data]).toEqual([1, 2]);
    // Wrapped, not copied.
    data[0] = 5;
    expect(made.data[0]).toBe(5);
    expect(ruleOf(() => tensor(make(), [4]))).toBe('tensor/length');
  });

  test('is what it is, in a tensor made by hand', async () => {
    expect([toNested(byHand([2])), toNumbers(byHand([2])), [...convert(byHand([2]), 'int8').data]]).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(ruleOf(() => toNumbers(byHand([4])))).toBe('tensor/length');
    const { lax, numpy } = laxconvOn(new FakeBackend());
    const one = tensor([1]);
    expect(toNumbers(await numpy.convolve(byHand([2]), one))).toEqual([1, 2]);
    expect(toNumbers(await numpy.convolve(one, byHand([2])))).toEqual([1, 2]);
    expect(await ruleOfPromise(numpy.convolve(byHand([4]), one))).toBe('tensor/length');
    const kernel = tensor([[[1]]]);
    const [out, pullback] = await lax.convGeneralDilatedVjp(byHand([1, 1, 2]), kernel, [1], 'VALID');
    const [, gradient] = await pullback(byHand([1, 1, 2]));
    expect([toNumbers(out), toNumbers(gradient)]).toEqual([[1, 2], [5]]);
  });

  test('is written where it is, and nowhere else', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 2], dtype: 'float32' }, tensor([[[10]]]), [1], 'VALID');
    const out = byHand([1, 1, 2]);
    await expect(conv.run(byHand([1, 1, 2]), { out })).resolves.toBe(out);
    expect([out.data[0], out.data[1]]).toEqual([10, 20]);
    expect(await ruleOfPromise(conv.run(out, { out }))).toBe('tensor/out-overlap');
    expect(await ruleOfPromise(conv.run(tensor([[[1, 2]]]), { out: { ...byHand([1, 1, 4]), shape: [1, 1, 2] } }))).toBeUndefined();
  });

  test('is what it is to a backend that is asked directly', () => {
    const spec = { shape: [2], dtype: 'float32' } as const;
    const { data } = hostOperand('run', 'lhs', byHand([2]), spec);
    expect([isOrdinary(data), data.length, data.byteOffset, ...data]).toEqual([true, 2, 0, 1, 2]);
    expect(ruleOf(() => hostOperand('run', 'lhs', byHand([4]), { ...spec, shape: [4] }))).toBe('tensor/length');
    expect(ruleOf(() => checkOut('run', byHand([2]), spec, {}))).toBe('tensor/data-class');
  });
});

test('a proxy of an array is no array', async () => {
  const data = new Proxy(new Float32Array(2), {});
  expect(ruleOf(() => tensor(data))).toBe('tensor/element');
  const byHand = { dtype: 'float32', shape: [2], data } as unknown as AnyTensor;
  expect(await ruleOfPromise(laxconvOn(new FakeBackend()).numpy.convolve(byHand, tensor([1])))).toBe('tensor/data-class');
});
