/**
 * `jax.lax.conv_transpose`, at once or prepared for many runs: a stride-1 convolution of an lhs dilated by the strides, with layouts and
 * paddings of its own.
 */
import type { FunctionName } from '../../call/conv-call.ts';
import { convOfOperands, type Operation } from '../../call/resolution.ts';
import type { BoundArguments } from '../../call/signature.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { asSequence, integerSequence, numericSequence, sequence } from '../../resolve/arguments.ts';
import { resolveConv, type ResolvedConv } from '../../resolve/conv.ts';
import { checkAxesExist, resolveDimensionNumbers } from '../../resolve/dimension-numbers.ts';
import { dilate } from '../../problem/sizes.ts';
import { paddingFromPairs } from '../../resolve/padding.ts';
import { describe } from '../../tensor/describe.ts';

/** By number of dimensions: TensorFlow's layouts, unlike those of the other lax functions. */
const DEFAULT_LAYOUTS: Readonly<Record<number, readonly [string, string, string]>> = {
  2: ['NC', 'IO', 'NC'],
  3: ['NHC', 'HIO', 'NHC'],
  4: ['NHWC', 'HWIO', 'NHWC'],
  5: ['NHWDC', 'HWDIO', 'NHWDC'],
};

/** The signature that it shares with its Vjp. */
export const CONV_TRANSPOSE_PARAMETERS = {
  operands: ['lhs', 'rhs'],
  required: ['strides', 'padding'],
  optional: [],
  options: ['rhsDilation', 'dimensionNumbers', 'transposeKernel', 'precision', 'preferredElementType', 'useConsistentPadding'],
} as const;

/** Refusals of its own, then a convolution. */
export const convTranspose = named('lax.convTranspose');
/** Its lhs is a shape and a dtype; the data comes with each run. */
export const prepareConvTranspose = named('lax.prepareConvTranspose');

function named(op: FunctionName): Operation {
  return {
    signature: { op, ...CONV_TRANSPOSE_PARAMETERS },
    resolve([lhs, rhs], args) {
      return convOfOperands(resolveConvTranspose(op, lhs, rhs, args));
    },
  };
}

/** The convolution that a transposed one is. */
export function resolveConvTranspose(op: string, lhs: TensorSpec, rhs: TensorSpec, args: BoundArguments): ResolvedConv {
  const rank = lhs.shape.length;
  if (rank !== rhs.shape.length || rank < 2) {
    throw refuse(
      'conv-transpose/rank',
      `lhs and rhs must have the same number of dimensions, at least 2, got shapes [${lhs.shape.join(', ')}] and [${rhs.shape.join(', ')}]`,
      {
        op,
        argument: 'rhs',
        values: { lhsShape: lhs.shape, rhsShape: rhs.shape },
      },
    );
  }
  const layouts = args.dimensionNumbers ?? DEFAULT_LAYOUTS[rank];
  if (layouts === undefined) {
    throw refuse('conv-transpose/default-layout', `there are default layouts for 2 to 5 dimensions, got ${rank}; give dimensionNumbers`, {
      op,
      argument: 'dimensionNumbers',
      values: { rank },
    });
  }
  const numbers = resolveDimensionNumbers(op, lhs.shape, rhs.shape, layouts);
  checkAxesExist(op, 'rhsSpec', numbers.rhsSpec, rank);
  const kernel = numbers.rhsSpec.slice(2).map((axis) => rhs.shape.at(axis) ?? 0);
  const padding = resolveTransposePadding(op, kernel, args);

  // A transposed kernel is read backwards, with the roles of its feature axes exchanged: no copy is made.
  const [outFeature, inFeature, ...spatial] = numbers.rhsSpec;
  const isTransposed = Boolean(args.transposeKernel);
  return resolveConv(
    op,
    lhs,
    rhs,
    {
      windowStrides: kernel.map(() => 1),
      padding,
      lhsDilation: args.strides,
      rhsDilation: args.rhsDilation,
      dimensionNumbers: isTransposed ? { ...numbers, rhsSpec: [inFeature, outFeature, ...spatial] } : numbers,
      precision: args.precision,
      preferredElementType: args.preferredElementType,
    },
    { windowReversal: kernel.map(() => isTransposed) },
  );
}

/**
 * Padding of the dilated lhs. 'SAME', 'VALID' and, with useConsistentPadding, pairs are paddings of the forward convolution; other
 * pairs and strings pass as they are.
 */
function resolveTransposePadding(op: string, kernel: readonly number[], args: BoundArguments): unknown {
  const { padding } = args;
  const isForward = Boolean(args.useConsistentPadding) || padding === 'SAME' || padding === 'VALID';
  if (!isForward) return padding;
  const strides = sequence(op, 'strides', args.strides, 'window-strides/type');
  const dilations = args.rhsDilation == null ? kernel.map(() => 1) : sequence(op, 'rhsDilation', args.rhsDilation, 'dilation/type');
  const forward =
    typeof padding === 'string' ? strides.map(() => padding) : sequence(op, 'padding', padding, 'conv-transpose/padding-type');
  // As in Python's zip, the shortest list decides; a wrong number of pads is refused with the other shape rules.
  const count = Math.min(kernel.length, strides.length, dilations.length, forward.length);
  const numericStrides = numericSequence(op, 'strides', strides.slice(0, count), 'window-strides/type');
  const dilatedKernel = integerSequence(op, 'rhsDilation', dilations.slice(0, count), 'dilation/type').map((one, d) =>
    dilate(kernel[d], one),
  );
  const pads = dilatedKernel.map((size, d) => transposePadding(op, size, numericStrides[d], forward[d]));
  return paddingFromPairs(op, pads);
}

/** Mirrors `_conv_transpose_padding`: what the dilated lhs needs so that the result is the gradient of a convolution padded so. */
function transposePadding(op: string, kernel: number, stride: number, padding: unknown): [lo: number, hi: number] {
  if (padding === 'SAME') {
    const total = kernel + stride - 2;
    const lo = stride > kernel - 1 ? kernel - 1 : Math.ceil(total / 2);
    return [lo, total - lo];
  }
  if (padding === 'VALID') return [kernel - 1, stride - 1 + Math.max(kernel - stride, 0)];
  const pair = asSequence(padding);
  if (pair?.every((size) => typeof size === 'number')) {
    const pads = pair.map((size) => kernel - size - 1);
    return [pads[0], pads.slice(1).reduce((sum, size) => sum + size, 0)];
  }
  throw refuse(
    'conv-transpose/padding',
    `padding must be 'SAME', 'VALID' or [low, high] pairs with useConsistentPadding, got ${describe(padding)}`,
    {
      op,
      argument: 'padding',
      values: { padding },
    },
  );
}
