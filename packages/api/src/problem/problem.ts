/**
 * The canonical convolution: what every public function becomes and all that a backend ever sees. Mirrors StableHLO's `convolution`
 * (https://openxla.org/stablehlo/spec#convolution) with `window_reversal`, plus JAX's precision and laxconv's choice of method.
 *
 *   y[b, o, p] = Σ_{i, k} X̃[b, i, p·stride + k·rhsDilation] · w[o, i, k]
 *
 * with X̃ the lhs, first dilated (lhsDilation − 1 zeros between elements), then padded or, where negative, cropped by [lo, hi].
 */
import type { DType } from '../tensor/dtype.ts';

/** Shape and dtype of an operand or a result, without its data. */
export interface TensorSpec<D extends DType = DType> {
  /** Sizes per dimension. */
  readonly shape: readonly number[];
  /** What the elements are. */
  readonly dtype: D;
}

/** 'highest' allows direct kernels only; 'high' Winograd F(2×2); 'default' also F(4×4) and FFT (`docs/numerics.md`). */
export type Precision = 'default' | 'high' | 'highest';

/** 'direct' forbids FFT, 'fft' permits it, 'auto' leaves the choice to the backend. */
export type Method = 'auto' | 'direct' | 'fft';

/** A convolution with every default, padding, layout and shape filled in. Frozen and JSON-serialisable; every size is ≥ 1. */
export interface ConvProblem {
  /** The input, in the caller's layout. */
  readonly lhs: TensorSpec;
  /** The kernel; `rhs.dtype === lhs.dtype`. */
  readonly rhs: TensorSpec;
  /** The result; `out.dtype` carries preferredElementType. */
  readonly out: TensorSpec;
  /** Axes of lhs in the order (batch, feature, …spatial). */
  readonly lhsSpec: readonly number[];
  /** Axes of rhs in the order (outFeature, inFeature, …spatial). */
  readonly rhsSpec: readonly number[];
  /** Axes of out in the order (batch, feature, …spatial). */
  readonly outSpec: readonly number[];
  /** Per spatial dimension, positive. */
  readonly windowStrides: readonly number[];
  /** Per spatial dimension, [lo, hi]; negative crops. */
  readonly padding: readonly (readonly [lo: number, hi: number])[];
  /** Per spatial dimension: d − 1 zeros between the elements of lhs, before padding. */
  readonly lhsDilation: readonly number[];
  /** Per spatial dimension: d − 1 zeros between the elements of rhs. */
  readonly rhsDilation: readonly number[];
  /** Per spatial dimension: read the rhs backwards. */
  readonly windowReversal: readonly boolean[];
  /** Blocks of lhs's features and rhs's output features that are convolved apart. */
  readonly featureGroupCount: number;
  /** Blocks of lhs's batch and rhs's output features that are convolved apart; at most one of the counts is above 1. */
  readonly batchGroupCount: number;
  /** Which kernels are allowed. */
  readonly precision: Precision;
  /** Whether FFT is allowed. */
  readonly method: Method;
}
