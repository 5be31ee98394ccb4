/** Padding: strings and pairs to one [lo, hi] per spatial dimension. Mirrors `padtype_to_pads` in jax/_src/lax/lax.py. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/tensor.ts';
import { asSequence } from './arguments.ts';

/** Low and high padding of one spatial dimension; negative crops. */
export type PaddingPair = readonly [lo: number, hi: number];

const PADDING_STRINGS = ['SAME', 'SAME_LOWER', 'VALID'];

/** A size after dilation: d − 1 holes between elements; 0 stays 0. */
export function dilate(size: number, dilation: number): number {
  return dilation === 1 ? size : Math.max(0, 1 + dilation * (size - 1));
}

/** The pairs a padding string stands for, given spatial sizes: of the undilated input and of the dilated kernel. */
export function paddingFromString(
  op: string,
  padding: string,
  input: readonly number[],
  dilatedKernel: readonly number[],
  strides: readonly number[],
): PaddingPair[] {
  const name = padding.toUpperCase();
  if (!PADDING_STRINGS.includes(name)) {
    throw refuse('padding/string', `padding must be 'SAME', 'SAME_LOWER' or 'VALID' or [low, high] pairs, got ${describe(padding)}`, {
      op,
      argument: 'padding',
      values: { padding },
    });
  }
  if (name === 'VALID') return input.map(() => [0, 0]);
  return input.map((size, d) => {
    const output = Math.ceil(size / strides[d]);
    const total = Math.max(0, (output - 1) * strides[d] + dilatedKernel[d] - size);
    const half = Math.floor(total / 2);
    return name === 'SAME' ? [half, total - half] : [total - half, half];
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
