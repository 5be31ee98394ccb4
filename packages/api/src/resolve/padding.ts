/** Padding: strings and pairs to one [lo, hi] per spatial dimension. Mirrors `padtype_to_pads` in jax/_src/lax/lax.py. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import type { RuleId } from '../rules.ts';
import { asSequence, integerSequence, iterable, sequence } from './arguments.ts';
import { dilate } from '../problem/sizes.ts';
import { checkAxesExist, spatialSizes, type ConvDimensionNumbers } from './dimension-numbers.ts';

/** Low and high padding of one spatial dimension; negative crops. */
export type PaddingPair = readonly [lo: number, hi: number];

const PADDING_STRINGS = ['SAME', 'SAME_LOWER', 'VALID'];

/** What padding is resolved from: the arguments as the caller gave them. */
export interface PaddingArguments {
  readonly padding?: unknown;
  readonly windowStrides?: unknown;
  readonly lhsDilation?: unknown;
  readonly rhsDilation?: unknown;
}

/** One pair per spatial dimension, or as many as the caller gave. */
export function resolvePadding(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  numbers: ConvDimensionNumbers,
  args: PaddingArguments,
): PaddingPair[] {
  const { padding } = args;
  if (typeof padding !== 'string') return paddingFromPairs(op, padding);
  checkNotDilated(op, padding, args.lhsDilation);
  checkAxesExist(op, 'rhsSpec', numbers.rhsSpec, rhsShape.length);
  const kernel = spatialSizes(rhsShape, numbers.rhsSpec);
  const dilatedKernel = dilateKernel(op, kernel, args.rhsDilation ?? new Array<number>(Math.max(0, rhsShape.length - 2)).fill(1));
  checkAxesExist(op, 'lhsSpec', numbers.lhsSpec, lhsShape.length);
  const input = spatialSizes(lhsShape, numbers.lhsSpec);
  const name = padding.toUpperCase();
  if (!PADDING_STRINGS.includes(name)) {
    throw refuse('padding/string', `padding must be 'SAME', 'SAME_LOWER' or 'VALID' or [low, high] pairs, got ${describe(padding)}`, {
      op,
      argument: 'padding',
      values: { padding },
    });
  }
  if (name === 'VALID') return input.map(() => [0, 0]);
  const strides = typeof args.windowStrides === 'number' ? [args.windowStrides] : args.windowStrides;
  const totals = sameTotals(op, input, dilatedKernel, sequence(op, 'windowStrides', strides, 'window-strides/type'));
  return totals.map((total) => {
    const half = Math.floor(total / 2);
    return name === 'SAME' ? [half, total - half] : [total - half, half];
  });
}

function checkNotDilated(op: string, padding: string, lhsDilation: unknown): void {
  if (lhsDilation == null) return;
  const dilation = sequence(op, 'lhsDilation', lhsDilation, 'dilation/type');
  if (dilation.every((one) => one === 1)) return;
  throw refuse(
    'padding/string-with-lhs-dilation',
    `padding ${describe(padding)} has no meaning for an lhs dilated by ${describe(dilation)}; give [low, high] pairs, or 'SAME' or 'VALID', in upper case, to convTranspose`,
    { op, argument: 'padding', values: { padding, lhsDilation } },
  );
}

/** As in Python's zip, a dilation that is too short cuts the kernel's dimensions off, and a longer one is cut. */
function dilateKernel(op: string, kernel: readonly number[], rhsDilation: unknown): number[] {
  const items = iterable(op, 'rhsDilation', rhsDilation, 'dilation/type').slice(0, kernel.length);
  return integerSequence(op, 'rhsDilation', items, 'dilation/type').map((dilation, d) => dilate(kernel[d], dilation));
}

/** Low + high padding of 'SAME'. JAX computes it in NumPy before it has counted anything: a list of one is stretched. */
function sameTotals(op: string, input: readonly number[], dilatedKernel: readonly number[], given: readonly unknown[]): number[] {
  const outputs = broadcast(op, 'windowStrides', 'window-strides/count', input.length, given.length);
  const count = broadcast(op, 'rhsDilation', 'dilation/count', outputs, dilatedKernel.length);
  const strides = integerSequence(op, 'windowStrides', given, 'window-strides/type');
  const at = (values: readonly number[], d: number): number => values[values.length === 1 ? 0 : d];
  return Array.from({ length: count }, (_, d) => {
    const stride = at(strides, d);
    const output = Math.ceil(at(input, d) / stride);
    return Math.max(0, (output - 1) * stride + at(dilatedKernel, d) - at(input, d));
  });
}

function broadcast(op: string, argument: string, rule: RuleId, count: number, given: number): number {
  if (count === given || given === 1) return count;
  if (count === 1) return given;
  throw refuse(rule, `${argument} must have one entry for each of the ${count} spatial dimensions, got ${given}`, {
    op,
    argument,
    values: { expected: count, got: given },
  });
}

/** Explicit pairs, of any number. */
export function paddingFromPairs(op: string, padding: unknown): PaddingPair[] {
  const pairs = asSequence(padding)?.map(asSequence);
  const wellFormed = pairs?.every((pair) => pair?.length === 2 && pair.every((size) => Number.isSafeInteger(size)));
  if (wellFormed) return pairs as unknown as PaddingPair[];
  throw refuse('padding/pairs', `padding must be a string or a sequence of [low, high] pairs of integers, got ${describe(padding)}`, {
    op,
    argument: 'padding',
    values: { padding },
  });
}
