/** How a kernel leaves its sums in the workspace: in the caller's order where the features are neighbours there, else copied afterwards. */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis, type CopyAxis } from './axis.ts';

/** Where the sums lie; strides count sums (real numbers). */
export interface ResultLayout {
  /** The copy into the caller's order; null where the kernel writes in that order. */
  readonly axes: readonly CopyAxis[] | null;
  /** Sums in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  readonly feature: number;
  readonly spatial: readonly number[];
  /** Real numbers of a group's output features. */
  readonly features: number;
}

/** Sums with the features of a group side by side. */
export function resultFeaturesLast(lowered: LoweredConv): ResultLayout {
  return innermost(lowered, 'feature');
}

/** Sums with their groups side by side. */
export function resultGroupsLast(lowered: LoweredConv): ResultLayout {
  return innermost(lowered, 'group');
}

function innermost({ geometry, components, problem }: LoweredConv, last: 'feature' | 'group'): ResultLayout {
  const { out, spatial, groups, batch, outFeatures } = geometry;
  const { sum: real, result } = components;
  const features = outFeatures * real;
  const isLast = last === 'feature' ? out.inner === 1 || outFeatures === 1 : out.group === 1;
  if (real === result && isLast) {
    return {
      axes: null,
      size: sizeOf(problem.out.shape) * real,
      group: out.group * real,
      batch: out.outer * real,
      feature: out.inner * real,
      spatial: out.spatial.map((stride) => stride * real),
      features,
    };
  }
  const all = [
    { name: 'group', count: groups, target: out.group * result },
    { name: 'batch', count: batch, target: out.outer * result },
    { name: 'feature', count: outFeatures, target: out.inner * result },
    ...spatial.map(({ output }, d) => ({ name: `${d}`, count: output, target: out.spatial[d] * result })),
  ];
  const rank = ({ name, target }: (typeof all)[number]): number => (name === last ? -1 : target);
  const order = all.toSorted((a, b) => rank(b) - rank(a));
  const strides = rowMajorStrides([...order.map(({ count }) => count), real]);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  return {
    axes: [...order.map(({ count, target }, index) => plainAxis(count, strides[index], target)), plainAxis(real, 1, 1)],
    size: strides[0] * order[0].count,
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    spatial: spatial.map((_, d) => strideOf(`${d}`)),
    features,
  };
}
