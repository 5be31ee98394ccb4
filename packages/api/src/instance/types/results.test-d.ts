/** Pullbacks and prepared convolutions at compile time. */
import { describe, expectTypeOf, test } from 'vitest';
import type { BackendHandle, DeviceTensor, Lax, PreparedConv, Pullback, Tensor } from '../../index.ts';

declare const lax: Lax;
declare const f32: Tensor<'float32'>;
declare const f64: Tensor<'float64'>;
declare const c64: Tensor<'complex64'>;
declare const i8: Tensor<'int8'>;
declare const i32: Tensor<'int32'>;
declare const onDevice: DeviceTensor<'float32'>;

describe('pullbacks', () => {
  test('give cotangents of the operands’ dtype, from one of the result’s', async () => {
    const [out, pullback] = await lax.convGeneralDilatedVjp(f32, f32, [1], 'SAME', { preferredElementType: 'float64' });
    expectTypeOf(out).toEqualTypeOf<Tensor<'float64'>>();
    expectTypeOf(pullback).toEqualTypeOf<Pullback<'float32', 'float64'>>();
    expectTypeOf(await pullback(f64)).toEqualTypeOf<[lhs: Tensor<'float32'>, rhs: Tensor<'float32'>]>();
    expectTypeOf(await pullback(f64, { rhs: false })).toEqualTypeOf<[lhs: Tensor<'float32'> | null, rhs: Tensor<'float32'> | null]>();
    // @ts-expect-error: the cotangent has the result's dtype
    void pullback(f32);
    // @ts-expect-error: no such operand
    void pullback(f64, { in1: true });
  });

  test('give complex cotangents', async () => {
    const [, pullback] = await lax.convTransposeVjp(c64, c64, [1], 'SAME');
    expectTypeOf(await pullback(c64)).toEqualTypeOf<[lhs: Tensor<'complex64'>, rhs: Tensor<'complex64'>]>();
  });

  test('give null for integers', async () => {
    const [, pullback] = await lax.convGeneralDilatedVjp(i8, i8, [1], 'SAME', { preferredElementType: 'int32' });
    expectTypeOf(await pullback(i32)).toEqualTypeOf<[lhs: null, rhs: null]>();
  });

  test('stay on the device', async () => {
    const [out, pullback] = await lax.convGeneralDilatedVjp(f32, onDevice, [1], 'SAME');
    expectTypeOf(out).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await pullback(f32)).toEqualTypeOf<[lhs: DeviceTensor<'float32'>, rhs: DeviceTensor<'float32'>]>();
    expectTypeOf(await pullback(onDevice)).toEqualTypeOf<[lhs: DeviceTensor<'float32'>, rhs: DeviceTensor<'float32'>]>();
    const [, onHost] = await lax.convTransposeVjp(f32, f32, [1], 'SAME');
    expectTypeOf(await onHost(onDevice)).toEqualTypeOf<[lhs: DeviceTensor<'float32'>, rhs: DeviceTensor<'float32'>]>();
  });
});

describe('prepared convolutions', () => {
  test('know the dtypes', async () => {
    const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 8], dtype: 'int8' }, i8, [1], 'SAME', {
      preferredElementType: 'int32',
    });
    expectTypeOf(conv).toEqualTypeOf<PreparedConv<'int8', 'int32'>>();
    expectTypeOf(await conv.run(i8)).toEqualTypeOf<Tensor<'int32'>>();
    expectTypeOf(conv.runSync(i8, { out: i32 })).toEqualTypeOf<Tensor<'int32'>>();
    // @ts-expect-error: another dtype than prepared
    void conv.run(f32);
    // @ts-expect-error: out has another dtype
    conv.runSync(i8, { out: i8 });
  });

  test('of a transposed convolution know them too', async () => {
    const conv = await lax.prepareConvTranspose({ shape: [1, 8, 1], dtype: 'int8' }, i8, [2], 'SAME', { preferredElementType: 'int32' });
    expectTypeOf(conv).toEqualTypeOf<PreparedConv<'int8', 'int32'>>();
    expectTypeOf(conv.outShape).toEqualTypeOf<readonly number[]>();
    // @ts-expect-error: an option of another function
    void lax.prepareConvTranspose({ shape: [1, 8, 1], dtype: 'int8' }, i8, [2], 'SAME', { featureGroupCount: 2 });
  });

  test('take shapes as const, and weights on a device', async () => {
    const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 8], dtype: 'float32' } as const, onDevice, [1], 'SAME');
    expectTypeOf(await conv.run(f32)).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await conv.run(onDevice)).toEqualTypeOf<DeviceTensor<'float32'>>();
    // @ts-expect-error: only host tensors run synchronously
    conv.runSync(onDevice);
    // @ts-expect-error: float32 × int8
    void lax.prepareConvGeneralDilated({ shape: [1, 1, 8], dtype: 'float32' }, i8, [1], 'SAME');
  });

  test('write into shared memory', async () => {
    const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 8], dtype: 'float32' }, f32, [1], 'SAME');
    const out = {} as Tensor<'float32', SharedArrayBuffer>;
    expectTypeOf(conv.runSync(f32, { out })).toEqualTypeOf<Tensor<'float32', SharedArrayBuffer>>();
    expectTypeOf(await conv.run(f32, { out })).toEqualTypeOf<Tensor<'float32', SharedArrayBuffer>>();
  });

  test('of any dtypes can be kept together', async () => {
    const convs: PreparedConv[] = [];
    convs.push(await lax.prepareConvGeneralDilated({ shape: [1, 1, 8], dtype: 'float32' }, f32, [1], 'SAME'));
    expectTypeOf(convs[0].kernel).toEqualTypeOf<string>();
  });
});

test('what a backend says of itself has types', () => {
  const { info } = {} as BackendHandle;
  expectTypeOf(info.threads).toEqualTypeOf<number | undefined>();
  expectTypeOf(info.isa).toEqualTypeOf<string | undefined>();
  expectTypeOf(info.threadsReason).toEqualTypeOf<string | undefined>();
  expectTypeOf(info['adapter']).toEqualTypeOf<unknown>();
});
