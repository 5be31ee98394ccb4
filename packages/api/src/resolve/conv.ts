/**
 * Arguments to ConvProblem: the meaning of `conv_general_dilated`, which every function of `lax` is. Mirrors `conv_general_dilated`,
 * its shape rule and its dtype rule in jax/_src/lax/convolution.py, check by check in JAX's order; what JAX leaves to the StableHLO
 * verifier comes last.
 */
import { refuse } from '../errors.ts';
import { freezeProblem, type ConvProblem, type Method, type TensorSpec } from '../problem/problem.ts';
import { describe, sizeOf } from '../tensor/tensor.ts';
import { asSequence, integerSequence } from './arguments.ts';
import { checkAxesExist, checkPermutations, resolveDimensionNumbers, type ConvDimensionNumbers } from './dimension-numbers.ts';
import { checkPreferredDType, checkSameDType, preferredDType } from './dtype-rules.ts';
import { dilate, paddingFromPairs, paddingFromString, type PaddingPair } from './padding.ts';
import { resolvePrecision } from './precision.ts';
import { checkCount, shapeRule, spatialSizes } from './shape-rule.ts';

/** The arguments of `convGeneralDilated` as the caller gave them; undefined and null are their defaults. */
export interface ConvArguments {
  readonly windowStrides?: unknown;
  readonly padding?: unknown;
  readonly lhsDilation?: unknown;
  readonly rhsDilation?: unknown;
  readonly dimensionNumbers?: unknown;
  readonly featureGroupCount?: unknown;
  readonly batchGroupCount?: unknown;
  readonly precision?: unknown;
  readonly preferredElementType?: unknown;
}

/** How the problem differs from what the arguments alone say. */
export interface ConvVariant {
  /** Per spatial dimension in the order of the rhs layout; default: none reversed. */
  readonly windowReversal?: readonly boolean[];
  readonly method?: Method;
  /** Checks the caller's precision where the function reads it in a way of its own. */
  readonly checkPrecision?: () => void;
}

/** A convolution with everything filled in; `problem` is null where the result is all zeros or empty. */
export interface ResolvedConv {
  readonly problem: ConvProblem | null;
  readonly out: TensorSpec;
  readonly dimensionNumbers: ConvDimensionNumbers;
}

/** Resolves one convolution of operands with these shapes and dtypes. */
export function resolveConv(op: string, lhs: TensorSpec, rhs: TensorSpec, args: ConvArguments, variant: ConvVariant = {}): ResolvedConv {
  const numbers = resolveDimensionNumbers(op, lhs.shape, rhs.shape, args.dimensionNumbers);
  const spatialRank = Math.max(0, lhs.shape.length - 2);
  const lhsDilation = dilationArgument(op, 'lhsDilation', args.lhsDilation, spatialRank);
  if (args.lhsDilation != null && typeof args.padding === 'string' && lhsDilation.some((dilation) => dilation !== 1)) {
    throw refuse(
      'padding/string-with-lhs-dilation',
      `padding ${describe(args.padding)} has no meaning with lhsDilation [${lhsDilation.join(', ')}]; give [low, high] pairs, or use convTranspose`,
      { op, argument: 'padding', values: { padding: args.padding, lhsDilation } },
    );
  }
  const rhsDilation = dilationArgument(op, 'rhsDilation', args.rhsDilation, spatialRank);
  const padding = resolvePadding(op, lhs.shape, rhs.shape, numbers, args, rhsDilation);
  const preferred = preferredDType(op, args.preferredElementType);
  const strides = strideArgument(op, args.windowStrides);
  variant.checkPrecision?.();
  const precision = resolvePrecision(op, args.precision);

  const { outShape, windowStrides, featureGroupCount, batchGroupCount } = shapeRule(op, lhs.shape, rhs.shape, numbers, {
    strides,
    padding,
    lhsDilation,
    rhsDilation,
    featureGroupCount: args.featureGroupCount,
    batchGroupCount: args.batchGroupCount,
  });

  checkSameDType(op, lhs.dtype, rhs.dtype);
  if (preferred !== undefined) checkPreferredDType(op, lhs.dtype, preferred);
  const out: TensorSpec = { shape: outShape, dtype: preferred ?? lhs.dtype };

  verify(op, numbers, lhs.shape, rhs.shape, windowStrides, { lhsDilation, rhsDilation });

  const problem = freezeProblem({
    lhs,
    rhs,
    out,
    ...numbers,
    windowStrides,
    padding,
    lhsDilation: allOnes(lhsDilation, spatialRank),
    rhsDilation: allOnes(rhsDilation, spatialRank),
    windowReversal: variant.windowReversal ?? windowStrides.map(() => false),
    featureGroupCount,
    batchGroupCount,
    precision,
    method: variant.method ?? 'auto',
  });
  const isEmpty = [lhs, rhs, out].some(({ shape }) => sizeOf(shape) === 0);
  return { problem: isEmpty ? null : problem, out, dimensionNumbers: numbers };
}

/** An empty dilation means all ones, at any rank. */
function allOnes(dilation: readonly number[], rank: number): readonly number[] {
  return dilation.length === 0 ? new Array<number>(rank).fill(1) : dilation;
}

function dilationArgument(op: string, argument: string, value: unknown, rank: number): readonly number[] {
  if (value === undefined || value === null) return new Array<number>(rank).fill(1);
  return integerSequence(op, argument, value, 'dilation/type');
}

/** JAX takes any sequence at first and finds a fractional stride only when it computes the shape. */
function strideArgument(op: string, value: unknown): readonly unknown[] {
  const strides = asSequence(value);
  if (strides !== undefined) return strides;
  throw refuse('window-strides/type', `windowStrides must be a sequence of integers, got ${describe(value)}`, {
    op,
    argument: 'windowStrides',
    values: { windowStrides: value },
  });
}

function resolvePadding(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  numbers: ConvDimensionNumbers,
  { padding, windowStrides }: ConvArguments,
  rhsDilation: readonly number[],
): PaddingPair[] {
  if (typeof padding !== 'string') return paddingFromPairs(op, padding);
  checkAxesExist(op, numbers, 'lhsSpec', lhsShape.length);
  checkAxesExist(op, numbers, 'rhsSpec', rhsShape.length);
  const input = spatialSizes(lhsShape, numbers.lhsSpec);
  const kernel = spatialSizes(rhsShape, numbers.rhsSpec);
  if (padding.toUpperCase() === 'VALID') return paddingFromString(op, padding, input, kernel, []);
  const strides = integerSequence(op, 'windowStrides', windowStrides, 'window-strides/type');
  // SAME reads strides and dilations per dimension before anything has counted them.
  checkCount(op, 'windowStrides', 'window-strides/count', strides, input.length);
  checkCount(op, 'rhsDilation', 'dilation/count', rhsDilation, input.length);
  const dilatedKernel = kernel.map((size, d) => dilate(size, rhsDilation[d]));
  return paddingFromString(op, padding, input, dilatedKernel, strides);
}

/** What JAX finds only when it lowers to StableHLO. */
function verify(
  op: string,
  numbers: ConvDimensionNumbers,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  windowStrides: readonly number[],
  dilations: { readonly lhsDilation: readonly number[]; readonly rhsDilation: readonly number[] },
): void {
  checkPermutations(op, numbers, lhsShape.length);
  if (windowStrides.some((stride) => stride <= 0)) {
    throw refuse('window-strides/positive', `every stride must be positive, got [${windowStrides.join(', ')}]`, {
      op,
      argument: 'windowStrides',
      values: { windowStrides },
    });
  }
  for (const [argument, dilation] of Object.entries(dilations)) {
    if (dilation.length > 0) checkCount(op, argument, 'dilation/count', dilation, windowStrides.length);
  }
  const kernel = spatialSizes(rhsShape, numbers.rhsSpec);
  if (kernel.includes(0)) {
    throw refuse('kernel/empty', `every spatial dimension of the kernel must have at least one element, got [${kernel.join(', ')}]`, {
      op,
      argument: 'rhs',
      values: { rhsShape },
    });
  }
}
