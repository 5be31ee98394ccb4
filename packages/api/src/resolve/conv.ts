/**
 * Arguments to ConvProblem: the meaning of `conv_general_dilated`, which every function of `lax` is. Mirrors `conv_general_dilated`,
 * its shape rule and its dtype rule in jax/_src/lax/convolution.py, check by check in JAX's order; what JAX leaves to the StableHLO
 * verifier comes last.
 */
import { frozenUnlessEmpty } from '../problem/freeze-problem.ts';
import type { ConvProblem, Method, TensorSpec } from '../problem/problem.ts';
import { iterable } from './arguments.ts';
import { resolveDimensionNumbers, type ConvDimensionNumbers } from './dimension-numbers.ts';
import { checkPreferredDType, checkSameDType, preferredDType } from './dtype-rules.ts';
import { resolvePadding } from './padding.ts';
import { resolvePrecision } from './precision.ts';
import { shapeRule } from './shape-rule.ts';
import { verify } from './verify.ts';

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
  const padding = resolvePadding(op, lhs.shape, rhs.shape, numbers, args);
  const preferred = preferredDType(op, args.preferredElementType);
  const strides = iterable(op, 'windowStrides', args.windowStrides, 'window-strides/type');
  const lhsDilation = iterable(op, 'lhsDilation', args.lhsDilation ?? [], 'dilation/type');
  const rhsDilation = iterable(op, 'rhsDilation', args.rhsDilation ?? [], 'dilation/type');
  variant.checkPrecision?.();
  const precision = resolvePrecision(op, args.precision);

  const { featureGroupCount, batchGroupCount } = args;
  const shapeArguments = { strides, padding, lhsDilation, rhsDilation, featureGroupCount, batchGroupCount };
  const shape = shapeRule(op, lhs.shape, rhs.shape, numbers, shapeArguments);
  checkSameDType(op, lhs.dtype, rhs.dtype);
  if (preferred !== undefined) checkPreferredDType(op, lhs.dtype, preferred);
  verify(op, rhs.shape, numbers, shape);

  const out: TensorSpec = { shape: shape.outShape, dtype: preferred ?? lhs.dtype };
  const { windowStrides } = shape;
  const problem = frozenUnlessEmpty({
    lhs,
    rhs,
    out,
    ...numbers,
    windowStrides,
    padding,
    lhsDilation: allOnes(shape.lhsDilation, windowStrides.length),
    rhsDilation: allOnes(shape.rhsDilation, windowStrides.length),
    windowReversal: variant.windowReversal ?? windowStrides.map(() => false),
    featureGroupCount: shape.featureGroupCount,
    batchGroupCount: shape.batchGroupCount,
    precision,
    method: variant.method ?? 'auto',
  });
  return { problem, out, dimensionNumbers: numbers };
}

/** An empty dilation means all ones, at any rank. */
function allOnes(dilation: readonly number[], rank: number): readonly number[] {
  return dilation.length === 0 ? new Array<number>(rank).fill(1) : dilation;
}
