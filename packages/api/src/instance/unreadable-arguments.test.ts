/** Arguments that run code when they are read: what that throws is a refusal with it as the cause, and what it says is asked once. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../call/resolve.ts';
import type { LaxconvError } from '../errors.ts';
import { convert, toNested, toNumbers } from '../tensor/convert.ts';
import { tensor } from '../tensor/create.ts';
import { disposeTensor, toHost } from '../tensor/to-host.ts';
import type { AnyTensor } from '../tensor/tensor.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const boom = new Error('boom');
const fail = (): never => {
  throw boom;
};

/** A proxy that throws whatever is done with it. */
const touchy = (target: object): never =>
  new Proxy(target, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail }) as never;
const withGetter = <T extends object>(target: T, name: string): T =>
  Object.defineProperty({ ...target }, name, { get: fail, enumerable: true });

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);
const { lax, numpy, backend } = laxconvOn(new FakeBackend());
const prepared = await lax.prepareConvGeneralDilated(x, tensor([[[10]]]), [1], 'VALID');
const [y, pullback] = await lax.convGeneralDilatedVjp(x, tensor([[[10]]]), [1], 'VALID');

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

const TENSORS: readonly (readonly [string, () => AnyTensor<'float32'>])[] = [
  ['a proxy', () => touchy(x)],
  ...['dtype', 'shape', 'data'].map((name) => [`a tensor whose ${name} throws`, () => withGetter(x, name)] as const),
  ['a tensor whose shape is a proxy', () => ({ ...x, shape: touchy([1, 1, 3]) })],
];

describe.each(TENSORS)('%s', (_, make) => {
  test.each<[string, () => unknown]>([
    ['conv', () => lax.conv(make(), w, [1], 'VALID')],
    ['conv, the rhs', () => lax.conv(x, make(), [1], 'VALID')],
    ['a Vjp', () => lax.convGeneralDilatedVjp(make(), w, [1], 'VALID')],
    ['a pullback', () => pullback(make())],
    ['prepare, the rhs', () => lax.prepareConvGeneralDilated(x, make(), [1], 'VALID')],
    ['run', () => prepared.run(make())],
    ['out', () => prepared.run(x, { out: make() })],
    ['runSync', () => prepared.runSync(make())],
    ['toDevice', () => backend.toDevice(make())],
    ['convert', () => convert(make(), 'int8')],
    ['toNested', () => toNested(make())],
    ['toNumbers', () => toNumbers(make())],
    ['toHost', () => toHost(make())],
    ['disposeTensor', () => disposeTensor(make())],
  ])('in %s', async (__, call) => {
    const error = await errorOf(call);
    expect(error).toMatchObject({ rule: 'call/unreadable', jaxError: 'TypeError' });
    expect((error as LaxconvError).cause).toBe(boom);
    expect((error as LaxconvError).message).toContain('boom');
  });
});

test.each<[string, () => unknown]>([
  ['strides', () => lax.conv(x, w, touchy([1]), 'VALID')],
  ['padding', () => lax.conv(x, w, [1], touchy([]))],
  ['one pair of padding', () => lax.conv(x, w, [1], [touchy([0, 0])])],
  ['options', () => lax.conv(x, w, [1], 'VALID', touchy({}))],
  ['one option', () => lax.conv(x, w, [1], 'VALID', withGetter({}, 'precision'))],
  ['explain', () => backend.explain('lax.conv', touchy(x), w, [1], 'VALID')],
  ['the options of run', () => prepared.run(x, touchy({}))],
  ['the options of runSync', () => prepared.runSync(x, withGetter({}, 'out'))],
  ['the options of a pullback', () => pullback(y, withGetter({ lhs: true }, 'lhs'))],
  ['convDimensionNumbers', () => lax.convDimensionNumbers([1, 1, 3], [1, 1, 2], touchy([]))],
  ['a mode', () => numpy.convolve(tensor([1]), tensor([1]), touchy({}))],
  ['nested data', () => tensor(touchy([]))],
  ['the shape of data', () => tensor([1], touchy([]))],
  ['a call as data', () => resolve(touchy({}))],
  ['the operands of a call as data', () => resolve({ fn: 'lax.conv', operands: touchy([]), args: [[1], 'VALID'] })],
  ['laxconvOn', () => laxconvOn(touchy({}))],
  ['the options of laxconvOn', () => laxconvOn(new FakeBackend(), touchy({}))],
])('%s', async (_, call) => {
  await expect(errorOf(call)).resolves.toMatchObject({ rule: 'call/unreadable', jaxError: 'TypeError', cause: boom });
});

test('an error that throws when it is looked at is an error like any other', async () => {
  const worse = {
    get precision(): never {
      throw touchy({}) as Error;
    },
  };
  await expect(errorOf(() => lax.conv(x, w, [1], 'VALID', worse))).resolves.toMatchObject({ rule: 'call/unreadable' });
});

test('a list whose iterator never ends is read by its length', async () => {
  const endless = Object.assign([1], {
    *[Symbol.iterator]() {
      for (;;) yield 1;
    },
  });
  expect(toNested(await lax.conv(x, w, endless, 'VALID'))).toEqual([[[21, 32]]]);
  await expect(errorOf(() => tensor(endless, endless))).resolves.toBeUndefined();
});

test('what says something else each time is asked once', async () => {
  const fickle = (name: 'shape' | 'data' | 'dtype', ...values: readonly unknown[]): typeof x => {
    let reads = 0;
    return Object.defineProperty({ ...x }, name, { get: () => values[Math.min(reads++, values.length - 1)] });
  };
  const short = new Float32Array(1);
  const call = lax.conv(fickle('data', x.data, short), w, [1], 'VALID');
  expect(toNested(await call)).toEqual([[[21, 32]]]);
  await expect(prepared.run(fickle('data', x.data, short))).resolves.toMatchObject({ data: new Float32Array([10, 20, 30]) });
  expect(toNested(fickle('data', x.data, short))).toEqual([[[1, 2, 3]]]);
  expect(toNested(fickle('shape', [1, 1, 3], [1, 1, 9]))).toEqual([[[1, 2, 3]]]);
  expect(toNested(fickle('dtype', 'float32', 'complex64'))).toEqual([[[1, 2, 3]]]);
});
