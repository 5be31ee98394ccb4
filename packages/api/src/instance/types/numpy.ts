/** The functions of `jax.numpy`, with their documentation. */
import type { OperandTensor } from '../../problem/backend.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { Mode } from '../../resolve/signal.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../../tensor/tensor.ts';
import type { Inexact, Preference, Preferred, Promote } from './dtypes.ts';
import type { ElementOptions } from './options.ts';

/**
 * The functions of `jax.numpy`: 1-D inputs of any dtypes, `A` and `B`. The pair is promoted, and integers and bool become floats, unless
 * `preferredElementType` says what to compute in.
 */
export interface Numpy {
  /** With a on a device: the result stays there. */
  convolve<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: DeviceTensor<A>,
    v: OperandTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, Inexact<A, B>>>>;
  /** With v on a device: the result stays there. */
  convolve<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: AnyTensor<A>,
    v: DeviceTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, Inexact<A, B>>>>;
  /**
   * The discrete convolution of two 1-D inputs: Σ a[k]·v[i − k].
   *
   * Source: `jax.numpy.convolve`.
   *
   * @param a Input `[n]`, any dtype.
   * @param v Input `[m]`, any dtype.
   * @param mode 'full' (default): n + m − 1 elements; 'same': max(n, m); 'valid': |n − m| + 1.
   * @param options `precision`, `preferredElementType`.
   * @returns 1-D, of the promoted inexact dtype or `preferredElementType`.
   * @throws {@link LaxconvValueError} on inputs that are not 1-D or are empty, and on an unknown mode
   * @throws {@link LaxconvTypeError} on a `preferredElementType` that the promoted dtype cannot have
   * @example
   * const a = tensor([1, 2, 3]);
   * const v = tensor([0, 1, 0.5]);
   * toNested(await numpy.convolve(a, v)); // → [0, 1, 2.5, 4, 1.5]
   * toNested(await numpy.convolve(a, v, 'same')); // → [1, 2.5, 4]
   */
  convolve<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: AnyTensor<A>,
    v: AnyTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<Tensor<Preferred<P, Inexact<A, B>>>>;

  /** With a on a device: the result stays there. */
  correlate<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: DeviceTensor<A>,
    v: OperandTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, Inexact<A, B>>>>;
  /** With v on a device: the result stays there. */
  correlate<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: AnyTensor<A>,
    v: DeviceTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, Inexact<A, B>>>>;
  /**
   * The discrete cross-correlation of two 1-D inputs: Σ a[k + i]·conj(v[k]).
   *
   * Source: `jax.numpy.correlate`.
   *
   * @param a Input `[n]`, any dtype.
   * @param v Input `[m]`, any dtype; conjugated.
   * @param mode 'valid' (default): |n − m| + 1 elements; 'same': max(n, m); 'full': n + m − 1.
   * @param options `precision`, `preferredElementType`.
   * @returns 1-D, of the promoted inexact dtype or `preferredElementType`.
   * @throws {@link LaxconvValueError} on inputs that are not 1-D or are empty, and on an unknown mode
   * @throws {@link LaxconvTypeError} on a `preferredElementType` that the promoted dtype cannot have
   * @example
   * const a = tensor([1, 2, 3]);
   * const v = tensor([0, 1, 0.5]);
   * toNested(await numpy.correlate(a, v)); // → [3.5]
   * toNested(await numpy.correlate(a, v, 'full')); // → [0.5, 2, 3.5, 3, 0]
   */
  correlate<A extends DType, B extends DType, P extends Preference<Promote<A, B>> = undefined>(
    a: AnyTensor<A>,
    v: AnyTensor<B>,
    mode?: Mode,
    options?: ElementOptions<P>,
  ): Promise<Tensor<Preferred<P, Inexact<A, B>>>>;
}
