import { expect, it } from 'vitest';
import { GoldenError } from './golden-error.ts';
import { materialise, operandDescriptor } from './operand.ts';

const noArrays = (): never => {
  throw new Error('no stored array was asked for');
};
const make = (descriptor: unknown) => materialise('cases/f.json', operandDescriptor.parse(descriptor), noArrays);

it('takes listed values, what JSON cannot write included', async () => {
  expect(await make({ shape: [5], dtype: 'float32', values: [1.5, 'nan', 'inf', '-inf', '-0'] })).toEqual({
    dtype: 'float32',
    shape: [5],
    data: Float32Array.of(1.5, NaN, Infinity, -Infinity, -0),
  });
  expect(await make({ shape: [2], dtype: 'int64', values: ['-9223372036854775808', 7] })).toEqual({
    dtype: 'int64',
    shape: [2],
    data: BigInt64Array.of(-(2n ** 63n), 7n),
  });
  expect(await make({ shape: [2], dtype: 'float16', values: [1, -2] })).toMatchObject({ data: Uint16Array.of(0x3c00, 0xc000) });
  expect(await make({ shape: [2], dtype: 'bfloat16', values: [1, -2] })).toMatchObject({ data: Uint16Array.of(0x3f80, 0xc000) });
  expect(await make({ shape: [1], dtype: 'complex64', values: [1, -2] })).toMatchObject({ data: Float32Array.of(1, -2) });
});

it('passes what is no tensor as it stands', async () => {
  expect(await make({ json: [1, [2]] })).toEqual([1, [2]]);
});

it('refuses a wrong number of values', async () => {
  await expect(make({ shape: [2], dtype: 'complex64', values: [1, 2, 3] })).rejects.toThrow(GoldenError);
});

it.each([
  { shape: [-1], dtype: 'int8', values: [] },
  { shape: [1], dtype: 'int9', values: [1] },
  { shape: [1], dtype: 'int8' },
  { shape: [1], dtype: 'int8', values: ['one'] },
])('is not described by %j', (descriptor) => {
  expect(operandDescriptor.safeParse(descriptor).success).toBe(false);
});
