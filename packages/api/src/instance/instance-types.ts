/** The types of an instance: the public functions with their documentation, and the backend's handle. */
// Symbol.asyncDispose for consumers whose lib has none; `preserve` keeps the line in the declaration file.
/// <reference lib="esnext.disposable" preserve="true" />
import type { FunctionName } from '../call/conv-call.ts';
import type { BackendInfo, ErrorBound, OperandTensor } from '../problem/backend.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import type { ConvDimensionNumbers } from '../resolve/dimension-numbers.ts';
import type { DType } from '../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../tensor/tensor.ts';

/** A padding string (any case is taken; these are the spellings that complete), or one [low, high] pair per spatial dimension. */
export type Padding = 'SAME' | 'SAME_LOWER' | 'VALID' | 'same' | 'same_lower' | 'valid' | readonly (readonly [lo: number, hi: number])[];

/** A layout: one letter per dimension. The common ones complete; any letters are taken. */
export type Layout =
  | 'NCW'
  | 'NWC'
  | 'NCHW'
  | 'NHWC'
  | 'NCDHW'
  | 'NDHWC'
  | 'OIW'
  | 'WIO'
  | 'OIHW'
  | 'HWIO'
  | 'OIDHW'
  | 'DHWIO'
  | (string & {});

/** Layouts of lhs, rhs and out, or JAX's ConvDimensionNumbers; null is (NC…, OI…, NC…). */
export type DimensionNumbers = readonly [lhs: Layout, rhs: Layout, out: Layout] | ConvDimensionNumbers | null;

/** A level's name. */
export type PrecisionName = 'default' | 'fastest' | 'bfloat16' | 'high' | 'tensorfloat32' | 'bfloat16_3x' | 'highest' | 'float32';

/** A level, a pair of levels (the higher counts), a lax.DotAlgorithmPreset's name, or null. */
export type PrecisionLike = PrecisionName | readonly [lhs: PrecisionName, rhs: PrecisionName] | (string & {}) | null;

export type Mode = 'full' | 'same' | 'valid';

export interface ElementOptions<P extends DType = DType> {
  readonly precision?: PrecisionLike | undefined;
  /** The dtype to accumulate in and to return; null: the operands' own. */
  readonly preferredElementType?: P | null | undefined;
}

export interface ConvGeneralDilatedOptions<P extends DType = DType> extends ElementOptions<P> {
  readonly lhsDilation?: readonly number[] | null | undefined;
  readonly rhsDilation?: readonly number[] | null | undefined;
  readonly dimensionNumbers?: DimensionNumbers | undefined;
  readonly featureGroupCount?: number | undefined;
  readonly batchGroupCount?: number | undefined;
}

export interface ConvTransposeOptions<P extends DType = DType> extends ElementOptions<P> {
  readonly rhsDilation?: readonly number[] | null | undefined;
  /** null: TensorFlow's layouts, `NHWC`, `HWIO`, `NHWC` for 2 spatial dimensions. */
  readonly dimensionNumbers?: DimensionNumbers | undefined;
  /** Reverse the kernel and exchange its feature axes: the gradient of the convolution with this kernel, as Keras has it. */
  readonly transposeKernel?: boolean | undefined;
  /** Pairs are paddings of the forward convolution, as the strings are (and as in PyTorch). */
  readonly useConsistentPadding?: boolean | undefined;
}

export interface PatchesOptions<P extends DType = DType> extends ElementOptions<P> {
  readonly lhsDilation?: readonly number[] | null | undefined;
  readonly rhsDilation?: readonly number[] | null | undefined;
  readonly dimensionNumbers?: DimensionNumbers | undefined;
}

export type LocalOptions = Omit<PatchesOptions, 'preferredElementType'>;

/** From the cotangent of a result to those of the operands. An operand that was not asked for, or of integer or bool dtype, has null. */
export type Pullback<D extends DType = DType, P extends DType = DType> = (
  outCotangent: AnyTensor<P> | DeviceTensor<P>,
  wanted?: { readonly lhs?: boolean; readonly rhs?: boolean },
) => Promise<[lhs: Tensor<D> | null, rhs: Tensor<D> | null]>;

/** A convolution prepared for one input shape and one set of weights. */
export interface PreparedConv<D extends DType = DType, P extends DType = DType> {
  readonly kernel: string;
  /** null: nothing to compute, the result is zeros. */
  readonly problem: ConvProblem | null;
  readonly errorBound: ErrorBound;
  /** @throws LaxconvValueError unless lhs has exactly the prepared shape */
  readonly run: (lhs: AnyTensor<D>, options?: { readonly out?: Tensor<P> }) => Promise<Tensor<P>>;
  /**
   * The same, at once; with `out` it allocates nothing.
   * @throws LaxconvNotImplementedError where the backend cannot run synchronously
   */
  readonly runSync: (lhs: AnyTensor<D>, options?: { readonly out?: Tensor<P> }) => Tensor<P>;
  /** Frees plan and weights. Idempotent; started runs finish, later ones reject. */
  readonly dispose: () => Promise<void>;
}

/** The functions of `jax.lax`. All reject with a {@link LaxconvError}; none throws. */
export interface Lax {
  /**
   * A convolution with default layouts: lhs `[N, C, …spatial]`, rhs `[O, C, …kernel]`, result `[N, O, …]`.
   * Source: `jax.lax.conv`.
   * @throws LaxconvError as {@link convGeneralDilated}
   * @example
   * const y = await lax.conv(x, w, [1, 1], 'SAME');
   */
  conv<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ElementOptions<P>,
  ): Promise<Tensor<P>>;
  conv<D extends DType>(
    ...args:
      | [lhs: DeviceTensor<D>, rhs: OperandTensor, windowStrides: readonly number[], padding: Padding, options?: ElementOptions]
      | [lhs: AnyTensor<D>, rhs: DeviceTensor, windowStrides: readonly number[], padding: Padding, options?: ElementOptions]
  ): Promise<DeviceTensor>;

  /**
   * A convolution with default layouts, explicit padding and dilations: lhs `[N, C, …spatial]`, rhs `[O, C, …kernel]`.
   * Source: `jax.lax.conv_with_general_padding`.
   * @throws LaxconvError as {@link convGeneralDilated}
   */
  convWithGeneralPadding<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    lhsDilation: readonly number[] | null,
    rhsDilation: readonly number[] | null,
    options?: ElementOptions<P>,
  ): Promise<Tensor<P>>;

  /**
   * The general convolution, of any number n of spatial dimensions. Operands have n + 2 dimensions, in the layouts of
   * `dimensionNumbers`; strides, padding and dilations are given per spatial dimension in the order of the rhs layout. No kernel flip.
   * Source: `jax.lax.conv_general_dilated`.
   *
   * @param lhs Input, default layout `[N, C, …spatial]`; any dtype.
   * @param rhs Kernel, default layout `[O, C / featureGroupCount, …kernel]`; the dtype of lhs.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs; negative crops. Applied after lhsDilation.
   * @returns The result, default layout `[N / batchGroupCount, O, …]`, of dtype `preferredElementType` or the operands'.
   * @throws LaxconvTypeError on layouts, dtypes, dilations, the number of pads, unknown options
   * @throws LaxconvValueError on group counts, strides, malformed or too negative padding, precision
   * @throws LaxconvIndexError on operands of fewer than 2 dimensions
   * @throws LaxconvRuntimeError on an unknown padding string
   * @throws UnsupportedProblemError when no backend of the instance can run it
   * @example
   * const y = await lax.convGeneralDilated(x, w, [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] });
   */
  convGeneralDilated<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<Tensor<P>>;
  convGeneralDilated<D extends DType>(
    ...args:
      | [lhs: DeviceTensor<D>, rhs: OperandTensor, windowStrides: readonly number[], padding: Padding, options?: ConvGeneralDilatedOptions]
      | [lhs: AnyTensor<D>, rhs: DeviceTensor, windowStrides: readonly number[], padding: Padding, options?: ConvGeneralDilatedOptions]
  ): Promise<DeviceTensor>;

  /**
   * A transposed (fractionally strided) convolution. Default layouts are TensorFlow's: lhs `[N, …spatial, C]`, rhs `[…kernel, C, O]`,
   * result `[N, …, O]`. 'SAME' gives spatial sizes x·stride, 'VALID' x·stride + max(k − stride, 0).
   * Source: `jax.lax.conv_transpose`.
   * @throws LaxconvAssertionError on operands of different ranks or of fewer than 2 dimensions
   * @throws LaxconvError as {@link convGeneralDilated}
   * @example
   * const y = await lax.convTranspose(x, w, [2, 2], 'SAME');
   */
  convTranspose<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<Tensor<P>>;

  /**
   * The windows of a convolution, laid out in the feature axis: feature c·Π filterShape + tap. Copies are exact.
   * Source: `jax.lax.conv_general_dilated_patches`.
   * @param filterShape Sizes of the kernel's spatial axes in their physical order.
   * @throws LaxconvError as {@link convGeneralDilated}
   */
  convGeneralDilatedPatches<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    filterShape: readonly number[],
    windowStrides: readonly number[],
    padding: Padding,
    options?: PatchesOptions<P>,
  ): Promise<Tensor<P>>;

  /**
   * A convolution with a kernel of its own at every output position: rhs has the result's spatial sizes, and C·Π filterShape input features.
   * Source: `jax.lax.conv_general_dilated_local`.
   * @throws LaxconvTypeError when the sizes of rhs do not fit
   * @throws LaxconvError as {@link convGeneralDilated}
   */
  convGeneralDilatedLocal(
    lhs: AnyTensor,
    rhs: AnyTensor,
    windowStrides: readonly number[],
    padding: Padding,
    filterShape: readonly number[],
    options?: LocalOptions,
  ): Promise<Tensor>;

  /**
   * {@link convGeneralDilated} and its pullback. Operands are referred to until the last pullback: they must not change.
   * Source: `jax.vjp`.
   * @throws LaxconvValueError (the pullback) on a cotangent of another shape or dtype
   * @example
   * const [y, pullback] = await lax.convGeneralDilatedVjp(x, w, [1, 1], 'SAME');
   * const [dx, dw] = await pullback(dy);
   */
  convGeneralDilatedVjp<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<[out: Tensor<P>, pullback: Pullback<D, P>]>;

  /**
   * {@link convTranspose} and its pullback.
   * Source: `jax.vjp`.
   */
  convTransposeVjp<D extends DType, P extends DType = D>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<[out: Tensor<P>, pullback: Pullback<D, P>]>;

  /**
   * {@link convGeneralDilated} for many inputs of one shape: kernel chosen and weights packed once. Our addition; in JAX, a jitted closure.
   * @param lhs Shape and dtype of the inputs.
   * @example
   * const conv = await lax.prepareConvGeneralDilated({ shape: [1, 3, 32, 32], dtype: 'float32' }, w, [1, 1], 'SAME');
   * const y = await conv.run(x);
   */
  prepareConvGeneralDilated<D extends DType, P extends DType = D>(
    lhs: TensorSpec<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<PreparedConv<D, P>>;

  /**
   * Layouts as axis permutations; of the shapes only the ranks matter. Synchronous.
   * Source: `jax.lax.conv_dimension_numbers`.
   * @throws LaxconvTypeError on layouts that do not fit
   */
  convDimensionNumbers(lhsShape: readonly number[], rhsShape: readonly number[], dimensionNumbers: DimensionNumbers): ConvDimensionNumbers;
}

/** The functions of `jax.numpy`: 1-D inputs `[n]` and `[m]` of any dtypes, promoted as JAX does. */
export interface Numpy {
  /**
   * Discrete convolution. 'full': n + m − 1 elements, 'same': max(n, m), 'valid': |n − m| + 1.
   * Source: `jax.numpy.convolve`.
   * @throws LaxconvValueError on inputs that are not 1-D or are empty, and on an unknown mode
   */
  convolve(a: AnyTensor, v: AnyTensor, mode?: Mode, options?: ElementOptions): Promise<Tensor>;
  /**
   * Discrete cross-correlation, of a with the conjugate of v; default mode 'valid'.
   * Source: `jax.numpy.correlate`.
   * @throws LaxconvValueError on inputs that are not 1-D or are empty, and on an unknown mode
   */
  correlate(a: AnyTensor, v: AnyTensor, mode?: Mode, options?: ElementOptions): Promise<Tensor>;
}

export interface SignalOptions {
  readonly precision?: PrecisionLike | undefined;
}

/** The functions of `jax.scipy.signal`: inputs of equal rank and any dtypes, promoted to inexact as JAX does. */
export interface Signal {
  /**
   * N-dimensional convolution; 'same' has the shape of in1. One input must contain the other in every dimension.
   * Source: `jax.scipy.signal.convolve`.
   * @throws LaxconvValueError on ranks, sizes, mode or method
   */
  convolve(in1: AnyTensor, in2: AnyTensor, mode?: Mode, method?: 'auto' | 'direct' | 'fft', options?: SignalOptions): Promise<Tensor>;
  /**
   * N-dimensional cross-correlation of in1 with the conjugate of in2.
   * Source: `jax.scipy.signal.correlate`.
   * @throws LaxconvValueError on ranks, sizes, mode or method
   */
  correlate(in1: AnyTensor, in2: AnyTensor, mode?: Mode, method?: 'auto' | 'direct' | 'fft', options?: SignalOptions): Promise<Tensor>;
  /**
   * 2-D convolution with zero fill.
   * Source: `jax.scipy.signal.convolve2d`.
   * @throws LaxconvNotImplementedError on another boundary or fillvalue, as in JAX
   */
  convolve2d(in1: AnyTensor, in2: AnyTensor, mode?: Mode, boundary?: 'fill', fillvalue?: 0, options?: SignalOptions): Promise<Tensor>;
  /**
   * 2-D cross-correlation with zero fill.
   * Source: `jax.scipy.signal.correlate2d`.
   * @throws LaxconvNotImplementedError on another boundary or fillvalue, as in JAX
   */
  correlate2d(in1: AnyTensor, in2: AnyTensor, mode?: Mode, boundary?: 'fill', fillvalue?: 0, options?: SignalOptions): Promise<Tensor>;
  /**
   * Convolution by FFT, along `axes` (default: all); along the others the inputs pair up element by element. The error is norm-wise.
   * Source: `jax.scipy.signal.fftconvolve`.
   * @throws LaxconvValueError on ranks, sizes, axes, mode, or half-precision inputs
   */
  fftconvolve(
    in1: AnyTensor,
    in2: AnyTensor,
    mode?: Mode,
    options?: { readonly axes?: number | readonly number[] | null | undefined },
  ): Promise<Tensor>;
}

/** A backend that was asked for and could not start, and why. */
export interface Rejection {
  readonly backend: string;
  readonly reason: string;
}

/** How one problem of a call would run. */
export interface Explanation {
  readonly backend: string;
  readonly kernel: string;
  /** null: nothing to compute. */
  readonly problem: ConvProblem | null;
  /** Why this backend and this kernel, refusals of earlier backends included. */
  readonly reasons: readonly string[];
}

/** What an instance says of its backend. */
export interface BackendHandle {
  /** Of a list: the names joined by `+`. */
  readonly name: string;
  /** Of a list: the first backend's. */
  readonly info: BackendInfo;
  readonly rejected: readonly Rejection[];
  /** How a call would run, per problem. Operands need shape and dtype only. */
  explain(fn: FunctionName, ...args: readonly (TensorSpec | unknown)[]): Promise<Explanation[]>;
  /**
   * Copies a host tensor to the device of the first backend that has one.
   * @throws LaxconvNotImplementedError when no backend has device memory
   */
  toDevice<D extends DType>(tensor: AnyTensor<D>): Promise<DeviceTensor<D>>;
}

/** The public functions on a backend. */
export interface Instance {
  readonly lax: Lax;
  readonly numpy: Numpy;
  readonly scipy: { readonly signal: Signal };
  readonly backend: BackendHandle;
  /** Idempotent; started calls finish, later ones reject. */
  readonly dispose: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}
