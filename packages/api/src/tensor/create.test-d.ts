/** Tensors at compile time: the dtype that data stands for, whose memory it is, and arrays of the wrong class. */
import { expectTypeOf, test } from 'vitest';
import { convert, tensor, toHost, toNumbers, type DeviceTensor, type DType, type Tensor } from '../index.ts';

test('typed arrays say the dtype and the kind of memory', () => {
  expectTypeOf(tensor(new Float32Array(4))).toEqualTypeOf<Tensor<'float32'>>();
  expectTypeOf(tensor(new BigInt64Array(4), [2, 2])).toEqualTypeOf<Tensor<'int64'>>();
  expectTypeOf(tensor(new Uint8ClampedArray(4), null)).toEqualTypeOf<Tensor<'uint8'>>();
  expectTypeOf(tensor(new Int8Array(new SharedArrayBuffer(4)))).toEqualTypeOf<Tensor<'int8', SharedArrayBuffer>>();
});

test('a dtype decides', () => {
  expectTypeOf(tensor([[1, 2]])).toEqualTypeOf<Tensor<'float32'>>();
  expectTypeOf(tensor([[1, 2]] as const, [2], 'int8')).toEqualTypeOf<Tensor<'int8'>>();
  expectTypeOf(tensor(new Float32Array(4), undefined, 'complex64')).toEqualTypeOf<Tensor<'complex64'>>();
  expectTypeOf(tensor(new Uint16Array(new SharedArrayBuffer(4)), null, 'bfloat16')).toEqualTypeOf<Tensor<'bfloat16', SharedArrayBuffer>>();
  const dtype = 'int8' as DType;
  expectTypeOf(tensor([1], null, dtype)).toEqualTypeOf<Tensor>();
});

test('refusals', () => {
  // @ts-expect-error: an array of another dtype's class
  tensor(new Float32Array(4), null, 'float64');
  // @ts-expect-error: complex parts are floats
  tensor(new Int8Array(4), null, 'complex64');
  // @ts-expect-error: no dtype
  tensor([1], null, 'f32');
  // @ts-expect-error: strings are no numbers
  tensor(['1']);
  // @ts-expect-error: no typed array
  tensor(new DataView(new ArrayBuffer(4)));
  // @ts-expect-error: a shape is a list
  tensor([1], 1);
});

test('conversions', async () => {
  expectTypeOf(convert(tensor([1]), 'int8')).toEqualTypeOf<Tensor<'int8'>>();
  expectTypeOf(toNumbers(tensor([1]))).toEqualTypeOf<number[]>();
  expectTypeOf(toNumbers(tensor([1n], null, 'int64'))).toEqualTypeOf<bigint[]>();
  expectTypeOf(await toHost({} as DeviceTensor<'int8'>)).toEqualTypeOf<Tensor<'int8'>>();
});
