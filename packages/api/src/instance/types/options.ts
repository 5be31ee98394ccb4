/** The arguments beside the operands: padding, layouts, precision, modes, and the options objects. */
import type { ConvDimensionNumbers } from '../../resolve/dimension-numbers.ts';
import type { DotAlgorithmName, PrecisionName } from '../../resolve/precision.ts';
import type { DType } from '../../tensor/dtype.ts';

/** Low and high padding per spatial dimension, in elements; negative crops. A variable that holds pairs needs `as const`. */
export type PaddingPairs = readonly (readonly [lo: number, hi: number])[];

/** A padding string (JAX takes any case; these spellings are typed), or one [low, high] pair per spatial dimension. */
export type Padding = 'SAME' | 'SAME_LOWER' | 'VALID' | 'same' | 'same_lower' | 'valid' | PaddingPairs;

/** A layout: one letter per dimension. The common ones complete; any letters are taken. */
export type Layout =
  | 'NC'
  | 'NCW'
  | 'NWC'
  | 'NCHW'
  | 'NHWC'
  | 'NCDHW'
  | 'NDHWC'
  | 'OI'
  | 'IO'
  | 'OIW'
  | 'WIO'
  | 'OIHW'
  | 'HWIO'
  | 'OIDHW'
  | 'DHWIO'
  | (string & {});

/**
 * Layouts of lhs, rhs and out, or JAX's ConvDimensionNumbers; null is the function's default. A variable that holds layouts needs
 * `as const`.
 */
export type DimensionNumbers = readonly [lhs: Layout, rhs: Layout, out: Layout] | ConvDimensionNumbers | null;

/** A pair of levels, of lhs and rhs: the higher one counts. */
export type PrecisionPair = readonly [lhs: PrecisionName, rhs: PrecisionName];

/** A level, a pair of levels, an algorithm's name, or null: 'default'. */
export type PrecisionLike = PrecisionName | PrecisionPair | DotAlgorithmName | null;

/** How `scipy.signal.convolve` and `correlate` compute; 'auto' is 'direct', as in JAX. */
export type SignalMethod = 'auto' | 'direct' | 'fft';

/** The options of `lax.conv` and `lax.convWithGeneralPadding`, `numpy.convolve` and `numpy.correlate`. */
export interface ElementOptions<P extends DType | null | undefined = DType | null | undefined> {
  /** Which kernels are allowed: 'highest' is direct only, 'high' and 'default' allow faster ones with wider error bounds. */
  readonly precision?: PrecisionLike | undefined;
  /** The dtype to accumulate in and to return, one of `Wider`; null: the operands' own. */
  readonly preferredElementType?: P;
}

/** Holes in the operands, and their layouts. */
export interface SpatialOptions {
  /** Distances between the elements of lhs, per spatial dimension: d − 1 zeros lie between two. null: 1. */
  readonly lhsDilation?: readonly number[] | null | undefined;
  /** Distances between the elements of rhs, per spatial dimension. null: 1. */
  readonly rhsDilation?: readonly number[] | null | undefined;
  /** Layouts of lhs, rhs and the result; null: `NC…`, `OI…`, `NC…`. */
  readonly dimensionNumbers?: DimensionNumbers | undefined;
}

/** The options of `lax.convGeneralDilated`, its Vjp and its preparation. */
export interface ConvGeneralDilatedOptions<P extends DType | null | undefined = DType | null | undefined>
  extends SpatialOptions, ElementOptions<P> {
  /** Blocks of the feature axes that are convolved apart; 1 by default, the number of input features for a depthwise convolution. */
  readonly featureGroupCount?: number | undefined;
  /** Blocks of the batch, each convolved with its own block of the kernel's output features; 1 by default. */
  readonly batchGroupCount?: number | undefined;
}

/** The options of `lax.convTranspose` and its Vjp. */
export interface ConvTransposeOptions<P extends DType | null | undefined = DType | null | undefined> extends ElementOptions<P> {
  /** Distances between the elements of rhs, per spatial dimension. null: 1. */
  readonly rhsDilation?: readonly number[] | null | undefined;
  /** null: TensorFlow's layouts, `NHWC`, `HWIO`, `NHWC` for 2 spatial dimensions. */
  readonly dimensionNumbers?: DimensionNumbers | undefined;
  /** Reverse the kernel and exchange its feature axes: the gradient of the convolution with this kernel, as Keras has it. */
  readonly transposeKernel?: boolean | undefined;
  /** Pairs are paddings of the forward convolution, as the strings are (and as in PyTorch). */
  readonly useConsistentPadding?: boolean | undefined;
}

/** The options of `lax.convGeneralDilatedPatches`. */
export interface PatchesOptions<P extends DType | null | undefined = DType | null | undefined> extends SpatialOptions {
  /** One level; accepted and without effect: copies are exact. */
  readonly precision?: PrecisionName | null | undefined;
  /** The dtype to return, one of `Wider`; null: that of lhs. */
  readonly preferredElementType?: P;
}

/** The options of `lax.convGeneralDilatedLocal`. */
export interface LocalOptions extends SpatialOptions {
  /** A level or a pair of levels. */
  readonly precision?: PrecisionName | PrecisionPair | null | undefined;
}

/** The options of the functions of `scipy.signal` that compute directly. */
export interface SignalOptions {
  /** Which kernels are allowed, as in {@link ElementOptions}. */
  readonly precision?: PrecisionLike | undefined;
}

/** The options of `scipy.signal.fftconvolve`. */
export interface FftConvolveOptions {
  /** The axes to convolve along (negative ones count from the end); null: all. Along the others the inputs pair up element by element. */
  readonly axes?: number | readonly number[] | null | undefined;
}
