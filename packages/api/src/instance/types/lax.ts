/**
 * The functions of `jax.lax`, with their documentation. The overload for host tensors is the last one: the type checker explains a call
 * that fits none by the last.
 */
import type { OperandTensor } from '../../problem/backend.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import type { ConvDimensionNumbers } from '../../resolve/dimension-numbers.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../../tensor/tensor.ts';
import type { Preference, Preferred } from './dtypes.ts';
import type {
  ConvGeneralDilatedOptions,
  ConvTransposeOptions,
  DimensionNumbers,
  ElementOptions,
  LocalOptions,
  Padding,
  PatchesOptions,
} from './options.ts';
import type { DevicePullback, PreparedConv, Pullback } from './results.ts';

/**
 * The functions of `jax.lax`. `D` is the dtype of the operands, which must agree, `P` the `preferredElementType`, if any.
 *
 * All but `convDimensionNumbers` reject with a {@link LaxconvError} and never throw. Sizes, strides, dilations and padding count elements.
 */
export interface Lax {
  /** With lhs on a device: the result stays there. */
  conv<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /** With rhs on a device: the result stays there. */
  conv<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /**
   * A convolution in the default layouts, without dilation or groups.
   *
   * Source: `jax.lax.conv`.
   *
   * @param lhs Input `[N, C, …spatial]`, any dtype.
   * @param rhs Kernel `[O, C, …kernel]`, the dtype of lhs.
   * @param windowStrides A positive integer per spatial dimension.
   * @param padding A string, or a `[low, high]` pair per spatial dimension.
   * @param options `precision`, `preferredElementType`.
   * @returns `[N, O, …]`, of dtype `preferredElementType` or the operands'.
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1, 2, 3, 4]]]); // [N, C, W]
   * const w = tensor([[[1, 10]]]); // [O, I, W]
   * toNested(await lax.conv(x, w, [1], 'VALID')); // → [[[21, 32, 43]]]
   * toNested(await lax.conv(x, w, [2], 'SAME')); // → [[[21, 43]]]
   */
  conv<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ElementOptions<P>,
  ): Promise<Tensor<Preferred<P, D>>>;

  /** With lhs on a device: the result stays there. */
  convWithGeneralPadding<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    lhsDilation: readonly number[] | null,
    rhsDilation: readonly number[] | null,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /** With rhs on a device: the result stays there. */
  convWithGeneralPadding<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    lhsDilation: readonly number[] | null,
    rhsDilation: readonly number[] | null,
    options?: ElementOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /**
   * A convolution in the default layouts, with dilations but without groups.
   *
   * Source: `jax.lax.conv_with_general_padding`.
   *
   * @param lhs Input `[N, C, …spatial]`, any dtype.
   * @param rhs Kernel `[O, C, …kernel]`, the dtype of lhs.
   * @param windowStrides A positive integer per spatial dimension.
   * @param padding A string, or a `[low, high]` pair per spatial dimension.
   * @param lhsDilation Distances between the elements of lhs; null: 1.
   * @param rhsDilation Distances between the elements of rhs; null: 1.
   * @param options `precision`, `preferredElementType`.
   * @returns `[N, O, …]`, of dtype `preferredElementType` or the operands'.
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1, 2, 3]]]); // [N, C, W]
   * const w = tensor([[[1, 10]]]); // [O, I, W]
   * // 1 0 2 0 3, cropped by its first element
   * toNested(await lax.convWithGeneralPadding(x, w, [1], [[-1, 0]], [2], null)); // → [[[20, 2, 30]]]
   */
  convWithGeneralPadding<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    lhsDilation: readonly number[] | null,
    rhsDilation: readonly number[] | null,
    options?: ElementOptions<P>,
  ): Promise<Tensor<Preferred<P, D>>>;

  /** With lhs on a device: the result stays there. */
  convGeneralDilated<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /** With rhs on a device: the result stays there. */
  convGeneralDilated<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /**
   * The general convolution, of any number n of spatial dimensions, in any layout, with dilations and groups. The kernel is not flipped.
   *
   * Operands have n + 2 dimensions; strides, padding and dilations are given per spatial dimension, in the order of the rhs layout.
   *
   * Source: `jax.lax.conv_general_dilated`.
   *
   * @param lhs Input, by default `[N, C, …spatial]`; any dtype.
   * @param rhs Kernel, by default `[O, C / featureGroupCount, …kernel]`; the dtype of lhs.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs; negative crops. Applied after lhsDilation.
   * @param options `lhsDilation`, `rhsDilation`, `dimensionNumbers`, `featureGroupCount`, `batchGroupCount`, `precision`,
   * `preferredElementType`.
   * @returns By default `[N / batchGroupCount, O, …]`, of dtype `preferredElementType` or the operands'.
   * @throws {@link LaxconvTypeError} on layouts, dtypes, dilations, the number of pads, unknown options
   * @throws {@link LaxconvValueError} on group counts, strides, malformed or too negative padding, precision
   * @throws {@link LaxconvIndexError} on operands of fewer than 2 dimensions
   * @throws {@link LaxconvRuntimeError} on an unknown padding string, and after `dispose`
   * @throws {@link UnsupportedProblemError} when no backend of the instance can run it
   * @example
   * const image = tensor(Float32Array.from({ length: 16 }, (_, i) => i), [1, 4, 4, 1]); // [N, H, W, C]
   * const kernel = tensor(new Float32Array(9).fill(1), [3, 3, 1, 1]); // [H, W, I, O]
   * const sums = await lax.convGeneralDilated(image, kernel, [2, 2], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] });
   * toNested(sums); // → [[[[45], [39]], [[66], [50]]]]
   * @example
   * // depthwise: a kernel of its own for each of two channels
   * const x = tensor([[[1, 2, 3], [4, 5, 6]]]); // [N, C, W]
   * const w = tensor([[[1, 1]], [[1, -1]]]); // [O, C / 2, W]
   * toNested(await lax.convGeneralDilated(x, w, [1], 'VALID', { featureGroupCount: 2 })); // → [[[3, 5], [-1, -1]]]
   * @example
   * // bytes, summed in 32 bits
   * const x = tensor([[[100, 100, 100]]], null, 'int8');
   * const y = await lax.convGeneralDilated(x, x, [1], 'VALID', { preferredElementType: 'int32' });
   * toNested(y); // → [[[30000]]]
   */
  convGeneralDilated<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<Tensor<Preferred<P, D>>>;

  /** With lhs on a device: the result stays there. */
  convTranspose<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /** With rhs on a device: the result stays there. */
  convTranspose<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /**
   * A transposed (fractionally strided) convolution: 'SAME' gives spatial sizes x·stride, 'VALID' x·stride + max(k − stride, 0).
   *
   * Default layouts are TensorFlow's, unlike those of the other functions. As in JAX, only upper-case strings are read as paddings of
   * the forward convolution; pairs are taken as they are, unless `useConsistentPadding`.
   *
   * Source: `jax.lax.conv_transpose`.
   *
   * @param lhs Input, by default `[N, …spatial, C]`; any dtype.
   * @param rhs Kernel, by default `[…kernel, C, O]`; the dtype of lhs.
   * @param strides n positive integers: the dilation of lhs.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options `rhsDilation`, `dimensionNumbers`, `transposeKernel`, `useConsistentPadding`, `precision`, `preferredElementType`.
   * @returns By default `[N, …, O]`, of dtype `preferredElementType` or the operands'.
   * @throws {@link LaxconvAssertionError} on operands of different ranks or of fewer than 2 dimensions
   * @throws {@link LaxconvValueError} without `dimensionNumbers` for more than 3 spatial dimensions
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1], [2], [3]]]); // [N, W, C]
   * const w = tensor([[[1]], [[10]]]); // [W, I, O]
   * toNested(await lax.convTranspose(x, w, [2], 'SAME')); // → [[[10], [1], [20], [2], [30], [3]]]
   */
  convTranspose<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<Tensor<Preferred<P, D>>>;

  /** With lhs on a device: the result stays there. */
  convGeneralDilatedPatches<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    filterShape: readonly number[],
    windowStrides: readonly number[],
    padding: Padding,
    options?: PatchesOptions<P>,
  ): Promise<DeviceTensor<Preferred<P, D>>>;
  /**
   * The windows of a convolution, laid out in the feature axis: feature c·Π filterShape + tap, exact copies.
   *
   * Source: `jax.lax.conv_general_dilated_patches`.
   *
   * @param lhs Input, by default `[N, C, …spatial]`; any dtype.
   * @param filterShape Sizes of the kernel's spatial axes in their physical order.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options `lhsDilation`, `rhsDilation`, `dimensionNumbers`, `precision`, `preferredElementType`.
   * @returns By default `[N, C·Π filterShape, …]`, of dtype `preferredElementType` or that of lhs.
   * @throws {@link LaxconvTypeError} on a filterShape that is not a list of sizes
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1, 2, 3, 4]]]); // [N, C, W]
   * toNested(await lax.convGeneralDilatedPatches(x, [2], [1], 'VALID')); // → [[[1, 2, 3], [2, 3, 4]]]
   */
  convGeneralDilatedPatches<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    filterShape: readonly number[],
    windowStrides: readonly number[],
    padding: Padding,
    options?: PatchesOptions<P>,
  ): Promise<Tensor<Preferred<P, D>>>;

  /** With lhs on a device: the result stays there. */
  convGeneralDilatedLocal<A extends DType, B extends DType>(
    lhs: DeviceTensor<A>,
    rhs: OperandTensor<B>,
    windowStrides: readonly number[],
    padding: Padding,
    filterShape: readonly number[],
    options?: LocalOptions,
  ): Promise<DeviceTensor<A | B>>;
  /** With rhs on a device: the result stays there. */
  convGeneralDilatedLocal<A extends DType, B extends DType>(
    lhs: AnyTensor<A>,
    rhs: DeviceTensor<B>,
    windowStrides: readonly number[],
    padding: Padding,
    filterShape: readonly number[],
    options?: LocalOptions,
  ): Promise<DeviceTensor<A | B>>;
  /**
   * A convolution with a kernel of its own at every output position. As in JAX, the operands' dtypes may differ.
   *
   * Source: `jax.lax.conv_general_dilated_local`.
   *
   * @param lhs Input, by default `[N, C, …spatial]`; any dtype.
   * @param rhs Kernels, by default `[O, C·Π filterShape, …output positions]`, in each the taps in the order of the patches.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param filterShape Sizes of the kernel's spatial axes in their physical order.
   * @param options `lhsDilation`, `rhsDilation`, `dimensionNumbers`, `precision`.
   * @returns By default `[N, O, …]`, of the dtype of the operand of higher precision.
   * @throws {@link LaxconvTypeError} when the sizes of rhs do not fit
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1, 2, 3]]]); // [N, C, W]
   * const w = tensor([[[1, 0], [0, 1]]]); // [O, C·2, positions]: the first takes its window's first element, the second its second
   * toNested(await lax.convGeneralDilatedLocal(x, w, [1], 'VALID', [2])); // → [[[1, 3]]]
   */
  convGeneralDilatedLocal<A extends DType, B extends DType>(
    lhs: AnyTensor<A>,
    rhs: AnyTensor<B>,
    windowStrides: readonly number[],
    padding: Padding,
    filterShape: readonly number[],
    options?: LocalOptions,
  ): Promise<Tensor<A | B>>;

  /** With lhs on a device: the result and the cotangents stay there. */
  convGeneralDilatedVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<[out: DeviceTensor<Preferred<P, D>>, pullback: DevicePullback<D, Preferred<P, D>>]>;
  /** With rhs on a device: the result and the cotangents stay there. */
  convGeneralDilatedVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<[out: DeviceTensor<Preferred<P, D>>, pullback: DevicePullback<D, Preferred<P, D>>]>;
  /**
   * {@link Lax.convGeneralDilated} and its pullback, which refers to the operands: they must not change until its last call has settled.
   *
   * Source: `jax.vjp` of `jax.lax.conv_general_dilated`.
   *
   * @param lhs Input, by default `[N, C, …spatial]`; any dtype.
   * @param rhs Kernel, by default `[O, C / featureGroupCount, …kernel]`; the dtype of lhs.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options As of `convGeneralDilated`.
   * @returns The result, and the map from its cotangent to `[lhs cotangent, rhs cotangent]`, of the operands' shapes and dtype.
   * @throws {@link LaxconvValueError} (the pullback) on a cotangent of another shape or dtype than the result's
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const x = tensor([[[1, 2, 3]]]);
   * const w = tensor([[[1, 10]]]);
   * const [y, pullback] = await lax.convGeneralDilatedVjp(x, w, [1], 'VALID');
   * const [dx, dw] = await pullback(tensor([[[1, 1]]])); // the cotangent of y: here the gradient of its sum
   * toNested(y); // → [[[21, 32]]]
   * toNested(dx); // → [[[1, 11, 10]]]
   * toNested(dw); // → [[[3, 5]]]
   */
  convGeneralDilatedVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<[out: Tensor<Preferred<P, D>>, pullback: Pullback<D, Preferred<P, D>>]>;

  /** With lhs on a device: the result and the cotangents stay there. */
  convTransposeVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: DeviceTensor<D>,
    rhs: OperandTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<[out: DeviceTensor<Preferred<P, D>>, pullback: DevicePullback<D, Preferred<P, D>>]>;
  /** With rhs on a device: the result and the cotangents stay there. */
  convTransposeVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: DeviceTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<[out: DeviceTensor<Preferred<P, D>>, pullback: DevicePullback<D, Preferred<P, D>>]>;
  /**
   * {@link Lax.convTranspose} and its pullback, which refers to the operands: they must not change until its last call has settled.
   *
   * Source: `jax.vjp` of `jax.lax.conv_transpose`.
   *
   * @param lhs Input, by default `[N, …spatial, C]`; any dtype.
   * @param rhs Kernel, by default `[…kernel, C, O]`; the dtype of lhs.
   * @param strides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options As of `convTranspose`.
   * @returns The result, and the map from its cotangent to `[lhs cotangent, rhs cotangent]`, of the operands' shapes and dtype.
   * @throws {@link LaxconvValueError} (the pullback) on a cotangent of another shape or dtype than the result's
   * @throws {@link LaxconvError} as {@link Lax.convTranspose}
   * @example
   * const x = tensor([[[1], [2]]]); // [N, W, C]
   * const w = tensor([[[1]], [[10]]]); // [W, I, O]
   * const [y, pullback] = await lax.convTransposeVjp(x, w, [2], 'SAME');
   * const [dx] = await pullback(y, { rhs: false }); // the gradient of the sum of squares, halved
   * toNested(y); // → [[[10], [1], [20], [2]]]
   * toNested(dx!); // → [[[101], [202]]]
   */
  convTransposeVjp<D extends DType, P extends Preference<D> = undefined>(
    lhs: AnyTensor<D>,
    rhs: AnyTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<[out: Tensor<Preferred<P, D>>, pullback: Pullback<D, Preferred<P, D>>]>;

  /**
   * {@link Lax.convGeneralDilated} for many inputs of one shape: the kernel is chosen and the weights are packed once.
   *
   * Source: none in JAX, where a jitted closure over the weights does it.
   *
   * @param lhs Shape and dtype of the inputs.
   * @param rhs The weights, by default `[O, C / featureGroupCount, …kernel]`; may change once the promise has settled.
   * @param windowStrides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options As of `convGeneralDilated`.
   * @throws {@link LaxconvError} as {@link Lax.convGeneralDilated}
   * @example
   * const w = tensor([[[1, 10]]]); // [O, I, W]
   * const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
   * toNested(await conv.run(tensor([[[1, 2, 3, 4]]]))); // → [[[21, 32, 43]]]
   * await conv.dispose();
   */
  prepareConvGeneralDilated<D extends DType, P extends Preference<D> = undefined>(
    lhs: TensorSpec<D>,
    rhs: OperandTensor<NoInfer<D>>,
    windowStrides: readonly number[],
    padding: Padding,
    options?: ConvGeneralDilatedOptions<P>,
  ): Promise<PreparedConv<D, Preferred<P, D>>>;

  /**
   * {@link Lax.convTranspose} for many inputs of one shape: the kernel is chosen and the weights are packed once.
   *
   * Source: none in JAX, where a jitted closure over the weights does it.
   *
   * @param lhs Shape and dtype of the inputs.
   * @param rhs The weights, by default `[…kernel, I, O]`; may change once the promise has settled.
   * @param strides n positive integers.
   * @param padding A string, or n `[low, high]` pairs.
   * @param options As of `convTranspose`.
   * @throws {@link LaxconvError} as {@link Lax.convTranspose}
   * @example
   * const w = tensor([[[1]], [[10]]]); // [W, I, O]
   * const conv = await lax.prepareConvTranspose({ shape: [1, 2, 1], dtype: 'float32' }, w, [2], 'SAME');
   * conv.outShape; // → [1, 4, 1]
   * toNested(await conv.run(tensor([[[1], [2]]]))); // → [[[10], [1], [20], [2]]]
   * await conv.dispose();
   */
  prepareConvTranspose<D extends DType, P extends Preference<D> = undefined>(
    lhs: TensorSpec<D>,
    rhs: OperandTensor<NoInfer<D>>,
    strides: readonly number[],
    padding: Padding,
    options?: ConvTransposeOptions<P>,
  ): Promise<PreparedConv<D, Preferred<P, D>>>;

  /**
   * Layouts as axis permutations; of the shapes only the ranks matter. Synchronous; no tensor is involved.
   *
   * Source: `jax.lax.conv_dimension_numbers`.
   *
   * @param lhsShape Shape of lhs.
   * @param rhsShape Shape of rhs, as long.
   * @param dimensionNumbers Three layouts; null for the default ones; ConvDimensionNumbers pass as they are.
   * @returns What every `dimensionNumbers` option accepts.
   * @throws {@link LaxconvTypeError} on layouts that do not fit the ranks or one another
   * @example
   * lax.convDimensionNumbers([1, 4, 4, 1], [3, 3, 1, 1], ['NHWC', 'HWIO', 'NHWC']);
   * // → { lhsSpec: [0, 3, 1, 2], rhsSpec: [3, 2, 0, 1], outSpec: [0, 3, 1, 2] }
   */
  convDimensionNumbers(lhsShape: readonly number[], rhsShape: readonly number[], dimensionNumbers: DimensionNumbers): ConvDimensionNumbers;
}
