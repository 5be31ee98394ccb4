/** The functions of lax at compile time: what they infer, and what they refuse. */
import { describe, expectTypeOf, test } from 'vitest';
import type { AnyTensor, DeviceTensor, DType, Lax, OperandTensor, PreparedConv, Tensor } from '../../index.ts';

declare const lax: Lax;
declare const f32: Tensor<'float32'>;
declare const f64: Tensor<'float64'>;
declare const f16: Tensor<'float16'>;
declare const i8: Tensor<'int8'>;
declare const onDevice: DeviceTensor<'float32'>;
declare const shared: Tensor<'float32', SharedArrayBuffer>;
declare const unknown: Tensor;
declare const either: OperandTensor<'float32'>;

describe('results', () => {
  test('have the dtype of the operands', async () => {
    expectTypeOf(await lax.conv(f32, f32, [1, 1], 'SAME')).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await lax.convWithGeneralPadding(i8, i8, [1], [[0, 1]], [2], null)).toEqualTypeOf<Tensor<'int8'>>();
    expectTypeOf(await lax.convGeneralDilated(f16, f16, [1], 'valid')).toEqualTypeOf<Tensor<'float16'>>();
    expectTypeOf(await lax.convTranspose(f64, f64, [2], 'SAME')).toEqualTypeOf<Tensor<'float64'>>();
    expectTypeOf(await lax.convGeneralDilatedPatches(i8, [3], [1], 'VALID')).toEqualTypeOf<Tensor<'int8'>>();
  });

  test('have the preferred dtype, and the operands’ where it is null', async () => {
    const options = { preferredElementType: 'int32', dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] } as const;
    expectTypeOf(await lax.convGeneralDilated(i8, i8, [1, 1], 'SAME', options)).toEqualTypeOf<Tensor<'int32'>>();
    expectTypeOf(await lax.conv(i8, i8, [1], 'SAME', { preferredElementType: 'float32' })).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await lax.conv(i8, i8, [1], 'SAME', { preferredElementType: null })).toEqualTypeOf<Tensor<'int8'>>();
    expectTypeOf(await lax.conv(i8, i8, [1], 'SAME', { preferredElementType: undefined })).toEqualTypeOf<Tensor<'int8'>>();
    expectTypeOf(await lax.conv(i8, i8, [1], 'SAME', { precision: 'highest' })).toEqualTypeOf<Tensor<'int8'>>();
    const maybe = 'int32' as 'int32' | undefined;
    expectTypeOf(await lax.conv(i8, i8, [1], 'SAME', { preferredElementType: maybe })).toEqualTypeOf<Tensor<'int8' | 'int32'>>();
    expectTypeOf(await lax.convTranspose(f32, f32, [1], 'SAME', { preferredElementType: 'float64' })).toEqualTypeOf<Tensor<'float64'>>();
    expectTypeOf(await lax.convGeneralDilatedPatches(i8, [3], [1], 'VALID', { preferredElementType: 'int16' })).toEqualTypeOf<
      Tensor<'int16'>
    >();
  });

  test('have any dtype where the operands have', async () => {
    expectTypeOf(await lax.conv(unknown, f32, [1], 'SAME')).toEqualTypeOf<Tensor>();
    expectTypeOf(await lax.conv(unknown, i8, [1], 'SAME', { preferredElementType: 'int32' })).toEqualTypeOf<Tensor<'int32'>>();
    const inGeneric = async <D extends DType>(x: AnyTensor<D>): Promise<Tensor<D>> => lax.conv(x, x, [1], 'SAME');
    expectTypeOf(await inGeneric(f16)).toEqualTypeOf<Tensor<'float16'>>();
  });

  test('of local have either dtype', async () => {
    expectTypeOf(await lax.convGeneralDilatedLocal(f32, f32, [1], 'VALID', [2])).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await lax.convGeneralDilatedLocal(f32, f16, [1], 'VALID', [2])).toEqualTypeOf<Tensor<'float32' | 'float16'>>();
  });

  test('are not what somebody expects them to be', async () => {
    // @ts-expect-error: the result is float32
    const wrong: Tensor<'float64'> = await lax.conv(f32, f32, [1], 'SAME');
    // @ts-expect-error: the result is float32
    const wrongToo: PreparedConv<'float32', 'float64'> = await lax.prepareConvGeneralDilated(f32, f32, [1], 'SAME');
    void [wrong, wrongToo];
  });

  test('own their memory, whatever the operands’ is', async () => {
    const { data } = await lax.conv(shared, shared, [1], 'SAME');
    expectTypeOf(data).toEqualTypeOf<Float32Array<ArrayBuffer>>();
    // What AudioBuffer.copyToChannel takes.
    const copyToChannel = (_samples: Float32Array<ArrayBuffer>): void => {};
    copyToChannel(data);
  });
});

describe('device operands', () => {
  test('have device results', async () => {
    expectTypeOf(await lax.conv(onDevice, onDevice, [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.conv(onDevice, f32, [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.conv(f32, onDevice, [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.conv(onDevice, either, [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.convWithGeneralPadding(f32, onDevice, [1], 'SAME', null, null)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.convGeneralDilated(onDevice, f32, [1], 'SAME', { preferredElementType: 'float64' })).toEqualTypeOf<
      DeviceTensor<'float64'>
    >();
    expectTypeOf(await lax.convTranspose(f32, onDevice, [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.convGeneralDilatedPatches(onDevice, [1], [1], 'SAME')).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await lax.convGeneralDilatedLocal(f32, onDevice, [1], 'SAME', [1])).toEqualTypeOf<DeviceTensor<'float32'>>();
  });

  test('are refused where they may be host tensors or have another dtype', () => {
    // @ts-expect-error: where would the result be?
    void lax.conv(either, f32, [1], 'SAME');
    // @ts-expect-error: float32 × int8
    void lax.conv(onDevice, i8, [1], 'SAME');
    // @ts-expect-error: int8 × float32
    void lax.conv(i8, onDevice, [1], 'SAME');
  });
});

describe('refusals', () => {
  test('of operands', () => {
    // @ts-expect-error: float32 × int8
    void lax.conv(f32, i8, [1], 'SAME');
    // @ts-expect-error: float32 × float64
    void lax.convGeneralDilated(f32, f64, [1], 'SAME');
    // @ts-expect-error: float32 × float16
    void lax.convTranspose(f32, f16, [1], 'SAME');
    // @ts-expect-error: nested arrays are not tensors
    void lax.conv([[[1]]], f32, [1], 'SAME');
    // @ts-expect-error: bare typed arrays are not tensors
    void lax.conv(new Float32Array(4), f32, [1], 'SAME');
    // @ts-expect-error: a number is not a tensor
    void lax.convGeneralDilatedPatches(1, [1], [1], 'SAME');
  });

  test('of preferred dtypes', () => {
    // @ts-expect-error: narrower
    void lax.conv(f64, f64, [1], 'SAME', { preferredElementType: 'float32' });
    // @ts-expect-error: another kind
    void lax.conv(f32, f32, [1], 'SAME', { preferredElementType: 'int32' });
    // @ts-expect-error: signed to unsigned
    void lax.convGeneralDilated(i8, i8, [1], 'SAME', { preferredElementType: 'uint8' });
    // @ts-expect-error: no dtype
    void lax.convGeneralDilated(f32, f32, [1], 'SAME', { preferredElementType: 'float' });
    // @ts-expect-error: narrower
    void lax.prepareConvGeneralDilated({ shape: [1, 1, 1], dtype: 'float32' }, f32, [1], 'SAME', { preferredElementType: 'float16' });
  });

  test('of other arguments', () => {
    // @ts-expect-error: no padding string
    void lax.conv(f32, f32, [1], 'FULL');
    // @ts-expect-error: not pairs
    void lax.conv(f32, f32, [1], [1, 1]);
    // @ts-expect-error: strides are a list
    void lax.conv(f32, f32, 1, 'SAME');
    // @ts-expect-error: no precision
    void lax.conv(f32, f32, [1], 'SAME', { precision: 'HIGH' });
    // @ts-expect-error: a pair has no algorithm in it
    void lax.conv(f32, f32, [1], 'SAME', { precision: ['F32_F32_F32', 'high'] });
    // @ts-expect-error: conv has no layouts
    void lax.conv(f32, f32, [1], 'SAME', { dimensionNumbers: null });
    // @ts-expect-error: two layouts
    void lax.convGeneralDilated(f32, f32, [1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO'] });
    // @ts-expect-error: Python's name
    void lax.convGeneralDilated(f32, f32, [1], 'SAME', { feature_group_count: 2 });
    // @ts-expect-error: an array where options belong
    void lax.convGeneralDilated(f32, f32, [1], 'SAME', [1, 1]);
    // @ts-expect-error: the dilations of convWithGeneralPadding must be given
    void lax.convWithGeneralPadding(f32, f32, [1], 'SAME');
    // @ts-expect-error: local takes no algorithm
    void lax.convGeneralDilatedLocal(f32, f32, [1], 'SAME', [1], { precision: 'F32_F32_F32' });
    // @ts-expect-error: patches take one level
    void lax.convGeneralDilatedPatches(f32, [1], [1], 'SAME', { precision: ['high', 'high'] });
    // @ts-expect-error: one level
    void lax.convGeneralDilatedPatches(f32, [1], [1], 'SAME', { precision: 'F32_F32_F32' });
    // @ts-expect-error: groups are no matter of transposed convolutions
    void lax.convTranspose(f32, f32, [1], 'SAME', { featureGroupCount: 2 });
  });
});

describe('arguments', () => {
  test('may be readonly, null and undefined', () => {
    const strides = [1, 1] as const;
    const pads = [
      [0, 1],
      [-1, 2],
    ] as const;
    const layouts = ['NHWC', 'HWIO', 'NHWC'] as const;
    const options = { lhsDilation: null, rhsDilation: strides, dimensionNumbers: layouts, precision: null, featureGroupCount: undefined };
    void lax.convGeneralDilated(f32, f32, strides, pads, options);
    void lax.convTranspose(f32, f32, strides, pads, { dimensionNumbers: layouts, transposeKernel: true, useConsistentPadding: true });
    void lax.convGeneralDilatedPatches(f32, strides, strides, pads, { dimensionNumbers: null });
    void lax.convGeneralDilatedLocal(f32, f32, strides, pads, strides, { precision: ['high', 'highest'] });
    void lax.conv(f32, f32, strides, pads, undefined);
    void lax.convWithGeneralPadding(f32, f32, strides, 'same_lower', null, strides, { precision: 'BF16_BF16_F32_X3' });
  });

  test('odd layouts are layouts', () => {
    void lax.convGeneralDilated(f32, f32, [1, 1], 'SAME', { dimensionNumbers: ['N7xC', 'x7OI', 'xCN7'] });
  });

  test('what convDimensionNumbers gives is accepted back', () => {
    const numbers = lax.convDimensionNumbers([1, 2, 3], [1, 2, 3] as const, ['NWC', 'WIO', 'NWC']);
    expectTypeOf(numbers.lhsSpec).toEqualTypeOf<readonly number[]>();
    void lax.convGeneralDilated(f32, f32, [1], 'SAME', { dimensionNumbers: numbers });
    lax.convDimensionNumbers([1], [1], numbers);
    lax.convDimensionNumbers([1], [1], null);
  });
});
