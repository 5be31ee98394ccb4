/** The functions of numpy and scipy.signal at compile time: what they infer, and what they refuse. */
import { describe, expectTypeOf, test } from 'vitest';
import type { DeviceTensor, DType, Inexact, Numpy, Signal, Tensor } from '../../index.ts';

declare const numpy: Numpy;
declare const signal: Signal;
declare const f32: Tensor<'float32'>;
declare const f16: Tensor<'float16'>;
declare const c64: Tensor<'complex64'>;
declare const i8: Tensor<'int8'>;
declare const u32: Tensor<'uint32'>;
declare const i32: Tensor<'int32'>;
declare const shared: Tensor<'float64', SharedArrayBuffer>;
declare const unknown: Tensor;
declare const onDevice: DeviceTensor<'float32'>;

describe('results', () => {
  test('have the promoted inexact dtype', async () => {
    expectTypeOf(await numpy.convolve(f32, f32)).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await numpy.convolve(i8, i8, 'same')).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await numpy.correlate(u32, i32)).toEqualTypeOf<Tensor<'float64'>>();
    expectTypeOf(await numpy.correlate(i32, f16, undefined, { precision: 'highest' })).toEqualTypeOf<Tensor<'float16'>>();
    expectTypeOf(await signal.convolve(c64, shared)).toEqualTypeOf<Tensor<'complex128'>>();
    expectTypeOf(await signal.correlate(i8, f32, 'valid', 'fft')).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await signal.convolve2d(i8, i8, 'full', 'fill', 0, { precision: 'high' })).toEqualTypeOf<Tensor<'float32'>>();
    expectTypeOf(await signal.correlate2d(f16, f16)).toEqualTypeOf<Tensor<'float16'>>();
    expectTypeOf(await signal.fftconvolve(f32, c64, 'same', { axes: [0, -1] as const })).toEqualTypeOf<Tensor<'complex64'>>();
  });

  test('have the preferred dtype of the promoted pair', async () => {
    expectTypeOf(await numpy.convolve(i8, i8, 'full', { preferredElementType: 'int32' })).toEqualTypeOf<Tensor<'int32'>>();
    expectTypeOf(await numpy.convolve(i8, i8, 'full', { preferredElementType: null })).toEqualTypeOf<Tensor<'float32'>>();
  });

  test('are inexact where a dtype is unknown', async () => {
    const result = await numpy.convolve(unknown, f32);
    expectTypeOf(result.dtype).toEqualTypeOf<'float32' | 'float64' | 'complex64' | 'complex128'>();
    const inGeneric = async <A extends DType>(a: Tensor<A>): Promise<Tensor<Inexact<A, A>>> => numpy.convolve(a, a);
    expectTypeOf(await inGeneric(i8)).toEqualTypeOf<Tensor<'float32'>>();
    const erased: Tensor = await numpy.convolve(unknown, unknown);
    expectTypeOf(erased).toEqualTypeOf<Tensor>();
  });

  test('stay on the device', async () => {
    expectTypeOf(await numpy.convolve(onDevice, i8)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await numpy.correlate(i8, onDevice)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await signal.convolve(onDevice, onDevice)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await signal.correlate(c64, onDevice)).toEqualTypeOf<DeviceTensor<'complex64'>>();
    expectTypeOf(await signal.convolve2d(onDevice, f32)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await signal.correlate2d(f32, onDevice)).toEqualTypeOf<DeviceTensor<'float32'>>();
    expectTypeOf(await signal.fftconvolve(onDevice, f32)).toEqualTypeOf<DeviceTensor<'float32'>>();
  });
});

test('refusals', () => {
  // @ts-expect-error: no mode
  void numpy.convolve(f32, f32, 'valid ');
  // @ts-expect-error: modes are no numbers
  void numpy.correlate(f32, f32, 0);
  // @ts-expect-error: narrower than the promoted pair
  void numpy.convolve(f32, c64, 'full', { preferredElementType: 'float32' });
  // @ts-expect-error: another kind than the promoted pair
  void numpy.correlate(f32, i8, 'full', { preferredElementType: 'int32' });
  // @ts-expect-error: nested arrays are not tensors
  void numpy.convolve([1, 2], f32);
  // @ts-expect-error: no method
  void signal.convolve(f32, f32, 'full', 'overlap-add');
  // @ts-expect-error: scipy.signal takes no preferredElementType
  void signal.convolve(f32, f32, 'full', 'auto', { preferredElementType: 'float64' });
  // @ts-expect-error: JAX has no other boundary
  void signal.convolve2d(f32, f32, 'full', 'wrap');
  // @ts-expect-error: JAX has no other fillvalue
  void signal.correlate2d(f32, f32, 'full', 'fill', 1);
  // @ts-expect-error: axes are numbers
  void signal.fftconvolve(f32, f32, 'full', { axes: 'all' });
});
