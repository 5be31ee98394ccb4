/**
 * How a kernel finds lhs in the workspace: where the caller's own order will do, as it came, else copied once into an order whose
 * features are neighbours, with the padding that phases reach around it. Strides count real numbers.
 */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis, type CopyAxis } from './axis.ts';

/** Where lhs lies. An element's place: offset + group·g + batch·n + Σ spatial[d]·index[d] + its number among the features of its group. */
export interface OperandLayout {
  /** The copy that makes this layout; null where lhs stays as it came. */
  readonly axes: readonly CopyAxis[] | null;
  /** The first real number of lhs that is copied: beyond what negative padding crops. */
  readonly start: number;
  /** Real numbers in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  readonly spatial: readonly number[];
  /** Per spatial dimension, the input element at index 0: `reach.low` of a padded copy. */
  readonly origin: readonly number[];
  /** Real numbers of a group's features, side by side. */
  readonly features: number;
}

/** lhs with its features side by side, as many as a multiple of `multiple` per group. */
export function featuresLast(lowered: LoweredConv, multiple: number): OperandLayout {
  const { geometry, components, reach, problem } = lowered;
  const { lhs, spatial, groups, batch, inFeatures } = geometry;
  const real = components.operand;
  const used = inFeatures * real;
  const features = Math.ceil(used / multiple) * multiple;
  const isInside = reach.every(({ low, end }, d) => low >= 0 && end <= spatial[d].input);
  if (isInside && features === used && (lhs.inner === 1 || inFeatures === 1)) {
    return {
      axes: null,
      start: 0,
      size: sizeOf(problem.lhs.shape) * real,
      group: lhs.group * real,
      batch: lhs.outer * real,
      spatial: lhs.spatial.map((stride) => stride * real),
      origin: spatial.map(() => 0),
      features,
    };
  }
  const outer = [
    { name: 'group', low: 0, size: groups, count: groups, source: lhs.group * real },
    { name: 'batch', low: 0, size: batch, count: batch, source: lhs.outer * real },
    ...spatial.map(({ input }, d) => ({ name: `${d}`, ...window(reach[d], input), source: lhs.spatial[d] * real })),
  ];
  // The caller's order is kept, but for the features: what was near stays near.
  const order = outer.toSorted((a, b) => b.source - a.source);
  const strides = rowMajorStrides([...order.map(({ count }) => count), features]);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  const feature = { count: features / real, low: 0, size: inFeatures, source: lhs.inner * real, target: real };
  const axes = order.map(({ count, low, size, source }, index) => ({ count, low, size, source, target: strides[index] }));
  return {
    axes: [...axes, feature, plainAxis(real, 1, 1)],
    start: reach.reduce((sum, { low }, d) => sum + Math.max(0, low) * lhs.spatial[d] * real, 0),
    size: strides[0] * (order[0]?.count ?? 1),
    group: strideOf('group'),
    batch: strideOf('batch'),
    spatial: spatial.map((_, d) => strideOf(`${d}`)),
    origin: reach.map(({ low }) => low),
    features,
  };
}

/** The places from `low` to before `end` as places of a copy; what lies outside the input has no source. */
function window({ low, end }: { readonly low: number; readonly end: number }, input: number): { count: number; low: number; size: number } {
  return { count: end - low, low: Math.max(0, -low), size: Math.max(0, Math.min(input, end) - Math.max(0, low)) };
}
