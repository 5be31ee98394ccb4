/** What the lax functions give beside tensors: pullbacks and prepared convolutions. */
import type { ErrorBound, OperandTensor } from '../../problem/backend.ts';
import type { ConvProblem } from '../../problem/problem.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../../tensor/tensor.ts';

/** The dtypes that have gradients. JAX gives the others cotangents of dtype float0: nothing. */
export type DifferentiableDType = 'float16' | 'bfloat16' | 'float32' | 'float64' | 'complex64' | 'complex128';

/** The cotangent of an operand of dtype `D`, a host tensor; null for integers and bool. */
export type Cotangent<D extends DType> = D extends DifferentiableDType ? Tensor<D> : null;

/** The cotangent of an operand of dtype `D`, on the device; null for integers and bool. */
export type DeviceCotangent<D extends DType> = D extends DifferentiableDType ? DeviceTensor<D> : null;

/** Which cotangents to compute; both by default. */
export interface WantedCotangents {
  /** false: the first cotangent is null and not computed. */
  readonly lhs?: boolean | undefined;
  /** false: the second cotangent is null and not computed. */
  readonly rhs?: boolean | undefined;
}

/**
 * From the cotangent of a result to those of its operands: `D` is the operands' dtype, `P` the result's. A cotangent that was not asked
 * for, or of an integer or bool operand, is null.
 *
 * Rejects with {@link LaxconvValueError} on a cotangent of another shape or dtype than the result's.
 */
export interface Pullback<D extends DType = DType, P extends DType = D> {
  /** Both cotangents, on the device. */
  (outCotangent: DeviceTensor<P>): Promise<[lhs: DeviceCotangent<D>, rhs: DeviceCotangent<D>]>;
  /** Those of the cotangents that are wanted, on the device. */
  (outCotangent: DeviceTensor<P>, wanted: WantedCotangents): Promise<[lhs: DeviceCotangent<D> | null, rhs: DeviceCotangent<D> | null]>;
  /** Both cotangents, from a host tensor to host tensors. */
  (outCotangent: AnyTensor<P>): Promise<[lhs: Cotangent<D>, rhs: Cotangent<D>]>;
  /** Those of the cotangents that are wanted. */
  (outCotangent: AnyTensor<P>, wanted: WantedCotangents): Promise<[lhs: Cotangent<D> | null, rhs: Cotangent<D> | null]>;
}

/** The {@link Pullback} of a call with an operand on a device: the cotangents stay there. */
export interface DevicePullback<D extends DType = DType, P extends DType = D> {
  /** Both cotangents. */
  (outCotangent: OperandTensor<P>): Promise<[lhs: DeviceCotangent<D>, rhs: DeviceCotangent<D>]>;
  /** Those of the cotangents that are wanted. */
  (outCotangent: OperandTensor<P>, wanted: WantedCotangents): Promise<[lhs: DeviceCotangent<D> | null, rhs: DeviceCotangent<D> | null]>;
}

/** Where a prepared convolution writes its result. */
export interface OutOption<P extends DType = DType, B extends ArrayBufferLike = ArrayBuffer> {
  /** Written in place and returned; of the result's shape and dtype; must not overlap an operand's bytes. */
  readonly out?: Tensor<P, B> | undefined;
}

/** A convolution prepared for one input shape and one set of weights: `D` is the operands' dtype, `P` the result's. */
export interface PreparedConv<D extends DType = DType, P extends DType = D> {
  /** The backend's name of the compiled inner loop; 'empty' where there is nothing to compute. */
  readonly kernel: string;
  /** The canonical problem; null: nothing to compute, the result is zeros. */
  readonly problem: ConvProblem | null;
  /** How far results may be from the exact sum. */
  readonly errorBound: ErrorBound;
  /** The result's shape: what `out` must have. */
  readonly outShape: readonly number[];
  /** With lhs on the device: the result stays there. */
  run(lhs: DeviceTensor<D>): Promise<DeviceTensor<P>>;
  /**
   * The convolution of `lhs` with the prepared weights; a device operand has a device result.
   *
   * @param lhs A tensor of exactly the prepared shape and dtype.
   * @param options `out`: where to write the result.
   * @throws {@link LaxconvValueError} on another shape, or an `out` that does not fit or overlaps `lhs`
   * @throws {@link LaxconvTypeError} on another dtype
   * @throws {@link LaxconvRuntimeError} after `dispose`
   * @example
   * const w = tensor([[[1, 10]]]); // [O, I, W]
   * const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
   * toNested(await conv.run(tensor([[[1, 2, 3, 4]]]))); // → [[[21, 32, 43]]]
   * toNested(await conv.run(tensor([[[5, 6, 7, 8]]]))); // → [[[65, 76, 87]]]
   */
  run<B extends ArrayBufferLike = ArrayBuffer>(lhs: AnyTensor<D>, options?: OutOption<P, B>): Promise<Tensor<P, B>>;
  /**
   * As `run`, at once, for a host tensor; with `out` it allocates nothing.
   *
   * @param lhs A tensor of exactly the prepared shape and dtype.
   * @param options `out`: where to write the result.
   * @throws {@link LaxconvNotImplementedError} where the backend cannot run synchronously (naive and wasm can)
   * @throws {@link LaxconvError} as `run`
   * @example
   * const w = tensor([[[1, 10]]]); // [O, I, W]
   * const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
   * const out = tensor(new Float32Array(3), conv.outShape);
   * conv.runSync(tensor([[[1, 2, 3, 4]]]), { out });
   * toNested(out); // → [[[21, 32, 43]]]
   */
  runSync<B extends ArrayBufferLike = ArrayBuffer>(lhs: AnyTensor<D>, options?: OutOption<P, B>): Tensor<P, B>;
  /**
   * Frees plan and weights. Idempotent; started runs finish, later ones reject.
   *
   * @example
   * const conv = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, tensor([[[1, 10]]]), [1], 'VALID');
   * await conv.dispose();
   * await conv.run(tensor([[[1, 2, 3, 4]]])).catch((error) => error.jaxError); // → 'RuntimeError'
   */
  dispose(): Promise<void>;
}
