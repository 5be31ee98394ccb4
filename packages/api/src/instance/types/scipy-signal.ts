/** The functions of `jax.scipy.signal`, with their documentation. */
import type { OperandTensor } from '../../problem/backend.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { Mode } from '../../resolve/signal.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../../tensor/tensor.ts';
import type { Inexact } from './dtypes.ts';
import type { FftConvolveOptions, SignalMethod, SignalOptions } from './options.ts';

/** The functions of `jax.scipy.signal`: inputs of equal rank and any dtypes, `A` and `B`, promoted to an inexact dtype. */
export interface Signal {
  /** With in1 on a device: the result stays there. */
  convolve<A extends DType, B extends DType>(
    in1: DeviceTensor<A>,
    in2: OperandTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /** With in2 on a device: the result stays there. */
  convolve<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: DeviceTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /**
   * The convolution of two inputs of any rank.
   *
   * Source: `jax.scipy.signal.convolve`.
   *
   * @param in1 Input of any rank and dtype.
   * @param in2 Input of the same rank; one input must be at least as large as the other in every dimension.
   * @param mode 'full' (default): sizes n + m − 1; 'same': those of in1; 'valid': |n − m| + 1.
   * @param method 'auto' and 'direct' compute directly; 'fft' as {@link Signal.fftconvolve}, with its wider error bound.
   * @param options `precision`.
   * @returns Of the promoted inexact dtype.
   * @throws {@link LaxconvValueError} on ranks, sizes, empty inputs, mode or method
   * @example
   * const image = tensor([[1, 2], [3, 4]]);
   * const kernel = tensor([[1, 10]]);
   * toNested(await scipy.signal.convolve(image, kernel)); // → [[1, 12, 20], [3, 34, 40]]
   * toNested(await scipy.signal.convolve(image, kernel, 'same')); // → [[1, 12], [3, 34]]
   */
  convolve<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: AnyTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<Tensor<Inexact<A, B>>>;

  /** With in1 on a device: the result stays there. */
  correlate<A extends DType, B extends DType>(
    in1: DeviceTensor<A>,
    in2: OperandTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /** With in2 on a device: the result stays there. */
  correlate<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: DeviceTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /**
   * The cross-correlation of two inputs of any rank: of in1 with the conjugate of in2.
   *
   * Source: `jax.scipy.signal.correlate`.
   *
   * @param in1 Input of any rank and dtype.
   * @param in2 Input of the same rank; one input must be at least as large as the other in every dimension.
   * @param mode 'full' (default): sizes n + m − 1; 'same': those of in1; 'valid': |n − m| + 1.
   * @param method 'auto' and 'direct' compute directly; 'fft' by Fourier transforms, with a wider error bound.
   * @param options `precision`.
   * @returns Of the promoted inexact dtype.
   * @throws {@link LaxconvValueError} on ranks, sizes, empty inputs, mode or method
   * @example
   * const image = tensor([[1, 2], [3, 4]]);
   * const kernel = tensor([[1, 10]]);
   * toNested(await scipy.signal.correlate(image, kernel)); // → [[10, 21, 2], [30, 43, 4]]
   */
  correlate<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: AnyTensor<B>,
    mode?: Mode,
    method?: SignalMethod,
    options?: SignalOptions,
  ): Promise<Tensor<Inexact<A, B>>>;

  /** With in1 on a device: the result stays there. */
  convolve2d<A extends DType, B extends DType>(
    in1: DeviceTensor<A>,
    in2: OperandTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /** With in2 on a device: the result stays there. */
  convolve2d<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: DeviceTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /**
   * The convolution of two 2-D inputs, zeros beyond the edges.
   *
   * Source: `jax.scipy.signal.convolve2d`.
   *
   * @param in1 Input `[h, w]`, any dtype.
   * @param in2 Input `[i, j]`, any dtype; one input must be at least as large as the other in both dimensions.
   * @param mode 'full' (default): sizes n + m − 1; 'same': those of in1; 'valid': |n − m| + 1.
   * @param boundary 'fill': JAX has no other.
   * @param fillvalue 0: JAX has no other.
   * @param options `precision`.
   * @returns 2-D, of the promoted inexact dtype.
   * @throws {@link LaxconvNotImplementedError} on another boundary or fillvalue
   * @throws {@link LaxconvValueError} on ranks, sizes, empty inputs or mode
   * @example
   * const image = tensor([[1, 2, 3], [4, 5, 6]]);
   * const kernel = tensor([[1, -1]]);
   * toNested(await scipy.signal.convolve2d(image, kernel, 'same')); // → [[1, 1, 1], [4, 1, 1]]
   */
  convolve2d<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: AnyTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<Tensor<Inexact<A, B>>>;

  /** With in1 on a device: the result stays there. */
  correlate2d<A extends DType, B extends DType>(
    in1: DeviceTensor<A>,
    in2: OperandTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /** With in2 on a device: the result stays there. */
  correlate2d<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: DeviceTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /**
   * The cross-correlation of two 2-D inputs, zeros beyond the edges: of in1 with the conjugate of in2. As in SciPy, in1 is the
   * conjugated one where it lies inside in2 and the mode is 'valid'.
   *
   * Source: `jax.scipy.signal.correlate2d`.
   *
   * @param in1 Input `[h, w]`, any dtype.
   * @param in2 Input `[i, j]`, any dtype; one input must be at least as large as the other in both dimensions.
   * @param mode 'full' (default): sizes n + m − 1; 'same': those of in1; 'valid': |n − m| + 1.
   * @param boundary 'fill': JAX has no other.
   * @param fillvalue 0: JAX has no other.
   * @param options `precision`.
   * @returns 2-D, of the promoted inexact dtype.
   * @throws {@link LaxconvNotImplementedError} on another boundary or fillvalue
   * @throws {@link LaxconvValueError} on ranks, sizes, empty inputs or mode
   * @example
   * const image = tensor([[1, 2, 3], [4, 5, 6]]);
   * const kernel = tensor([[1, -1]]);
   * toNested(await scipy.signal.correlate2d(image, kernel, 'valid')); // → [[-1, -1], [-1, -1]]
   */
  correlate2d<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: AnyTensor<B>,
    mode?: Mode,
    boundary?: 'fill',
    fillvalue?: 0,
    options?: SignalOptions,
  ): Promise<Tensor<Inexact<A, B>>>;

  /** With in1 on a device: the result stays there. */
  fftconvolve<A extends DType, B extends DType>(
    in1: DeviceTensor<A>,
    in2: OperandTensor<B>,
    mode?: Mode,
    options?: FftConvolveOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /** With in2 on a device: the result stays there. */
  fftconvolve<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: DeviceTensor<B>,
    mode?: Mode,
    options?: FftConvolveOptions,
  ): Promise<DeviceTensor<Inexact<A, B>>>;
  /**
   * The convolution of two inputs of any rank along `axes`, by FFT where the backend has one. The error is norm-wise: small against the
   * largest results, not against each.
   *
   * Source: `jax.scipy.signal.fftconvolve`.
   *
   * @param in1 Input of any rank and dtype but float16 and bfloat16.
   * @param in2 Input of the same rank; along the other axes of the same sizes. 'valid' asks that one contain the other.
   * @param mode 'full' (default): sizes n + m − 1; 'same': those of in1; 'valid': |n − m| + 1.
   * @param options `axes`: those to convolve along; default all. Along the others the inputs pair up element by element.
   * @returns Of the promoted inexact dtype.
   * @throws {@link LaxconvValueError} on ranks, sizes, axes, mode, or half-precision inputs
   * @throws {@link LaxconvTypeError} on axes that are no integers, or where the mode leaves nothing
   * @example
   * const rows = tensor([[1, 2], [3, 4]]);
   * const kernels = tensor([[1, 1], [1, -1]]); // one for each row
   * toNested(await scipy.signal.fftconvolve(rows, kernels, 'full', { axes: 1 })); // → [[1, 3, 2], [3, 1, -4]]
   */
  fftconvolve<A extends DType, B extends DType>(
    in1: AnyTensor<A>,
    in2: AnyTensor<B>,
    mode?: Mode,
    options?: FftConvolveOptions,
  ): Promise<Tensor<Inexact<A, B>>>;
}
