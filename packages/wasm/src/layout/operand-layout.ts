/**
 * How a kernel finds lhs in the workspace: where the caller's own order will do, as it came, else copied once into an order whose
 * features are neighbours, with the padding that phases reach around it. Strides count real numbers.
 */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis, type CopyAxis } from './axis.ts';

/** Where lhs lies. An element's place: group·g + batch·n + Σ spatial[d]·(index[d] − origin[d]) + feature·i + its component. */
export interface OperandLayout {
  /** The copy that makes this layout; null where lhs stays as it came. */
  readonly axes: readonly CopyAxis[] | null;
  /** The first real number of lhs that is copied: beyond what negative padding crops. */
  readonly start: number;
  /** Real numbers in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  readonly feature: number;
  readonly spatial: readonly number[];
  /** Per spatial dimension, the input element at index 0: `reach.low` of a padded copy. */
  readonly origin: readonly number[];
  /** Real numbers of a group's features. */
  readonly features: number;
}

/** lhs with the features of a group side by side, as many as a multiple of `multiple`. */
export function featuresLast(lowered: LoweredConv, multiple: number): OperandLayout {
  return innermost(lowered, 'feature', multiple);
}

/** lhs with its groups side by side: what a kernel wants that does every group alike. */
export function groupsLast(lowered: LoweredConv): OperandLayout {
  return innermost(lowered, 'group', 1);
}

/** lhs with the axis `last` innermost; as it came, where it is that already and reads no padding. */
function innermost(lowered: LoweredConv, last: 'feature' | 'group', multiple: number): OperandLayout {
  const { geometry, components, reach, problem } = lowered;
  const { lhs, spatial, groups, batch, inFeatures } = geometry;
  const real = components.operand;
  const used = inFeatures * real;
  const features = Math.ceil(used / multiple) * multiple;
  const isInside = reach.every(({ low, end }, d) => low >= 0 && end <= spatial[d].input);
  const isLast = last === 'feature' ? lhs.inner === 1 || inFeatures === 1 : lhs.group === 1;
  if (isInside && features === used && isLast) {
    return {
      axes: null,
      start: 0,
      size: sizeOf(problem.lhs.shape) * real,
      group: lhs.group * real,
      batch: lhs.outer * real,
      feature: lhs.inner * real,
      spatial: lhs.spatial.map((stride) => stride * real),
      origin: spatial.map(() => 0),
      features,
    };
  }
  const all = [
    { name: 'group', low: 0, size: groups, count: groups, source: lhs.group * real },
    { name: 'batch', low: 0, size: batch, count: batch, source: lhs.outer * real },
    { name: 'feature', low: 0, size: inFeatures, count: features / real, source: lhs.inner * real },
    ...spatial.map(({ input }, d) => ({ name: `${d}`, ...window(reach[d], input), source: lhs.spatial[d] * real })),
  ];
  // The caller's order is kept, but for the innermost axis: what was near stays near.
  const rank = ({ name, source }: (typeof all)[number]): number => (name === last ? -1 : source);
  const order = all.toSorted((a, b) => rank(b) - rank(a));
  const strides = rowMajorStrides([...order.map(({ count }) => count), real]);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  return {
    axes: [
      ...order.map(({ count, low, size, source }, index) => ({ count, low, size, source, target: strides[index] })),
      plainAxis(real, 1, 1),
    ],
    start: reach.reduce((sum, { low }, d) => sum + Math.max(0, low) * lhs.spatial[d] * real, 0),
    size: strides[0] * order[0].count,
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    spatial: spatial.map((_, d) => strideOf(`${d}`)),
    origin: reach.map(({ low }) => low),
    features,
  };
}

/** The places from `low` to before `end` as places of a copy; what lies outside the input has no source. */
function window({ low, end }: { readonly low: number; readonly end: number }, input: number): { count: number; low: number; size: number } {
  return { count: end - low, low: Math.max(0, -low), size: Math.max(0, Math.min(input, end) - Math.max(0, low)) };
}
