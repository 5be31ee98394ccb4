/**
 * The order in which a kernel finds lhs or leaves its sums: the caller's own, or a copy's, which keeps what was near near, but for the loop
 * that the kernel wants innermost. Strides count real numbers.
 */
import { rowMajorStrides, sizeOf, type OperandStrides } from '@laxconv/api/backend';
import type { CopyAxis } from './axis.ts';

/** A loop over a tensor: a spatial dimension, or one of the others. */
export type LoopName = 'group' | 'batch' | 'feature' | number;

/** Places of a loop in a kernel's order, those from `low` to before `low + size` of the tensor's own, `stride` apart in the caller's order. */
export interface Loop {
  readonly over: LoopName;
  readonly count: number;
  readonly low: number;
  readonly size: number;
  readonly stride: number;
}

/** Where the real numbers of lhs or of the sums lie. */
export interface Order {
  /** Real numbers in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  /** From one feature to the next, and from its real to its imaginary part. */
  readonly feature: number;
  readonly component: number;
  readonly spatial: readonly number[];
}

/** A copy that makes part of an order: from real number `source` to real number `target`. */
export interface LayoutCopy {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly target: number;
}

/** A loop without padding. */
export function plainLoop(over: LoopName, size: number, stride: number): Loop {
  return { over, count: size, low: 0, size, stride };
}

/** The caller's order of a tensor of `shape`. */
export function callersOrder({ group, outer, inner, spatial }: OperandStrides, components: number, shape: readonly number[]): Order {
  return {
    size: sizeOf(shape) * components,
    group: group * components,
    batch: outer * components,
    feature: inner * components,
    component: 1,
    spatial: spatial.map((stride) => stride * components),
  };
}

/** The order of a copy with `innermost` last; the components of a feature lie directly inside it. */
export function orderWith(innermost: LoopName, loops: readonly Loop[], components: number): Order & { strideOf(over: LoopName): number } {
  const rank = ({ over, stride }: Loop): number => (over === innermost ? -1 : stride);
  const sorted = loops.toSorted((a, b) => rank(b) - rank(a));
  const inside = sorted.findIndex(({ over }) => over === 'feature') + 1;
  const sizes = sorted.map(({ count }) => count).toSpliced(inside, 0, components);
  const strides = rowMajorStrides(sizes);
  const [component] = strides.splice(inside, 1);
  const strideOf = (over: LoopName): number => strides[sorted.findIndex((loop) => loop.over === over)];
  return {
    size: sizeOf(sizes),
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    component,
    spatial: loops.flatMap(({ over }) => (typeof over === 'number' ? [strideOf(over)] : [])),
    strideOf,
  };
}
