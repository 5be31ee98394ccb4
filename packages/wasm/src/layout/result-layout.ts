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
  readonly spatial: readonly number[];
  /** Real numbers of a group's output features, side by side. */
  readonly features: number;
}

/** Sums with their features side by side. */
export function resultFeaturesLast({ geometry, components, problem }: LoweredConv): ResultLayout {
  const { out, spatial, groups, batch, outFeatures } = geometry;
  const { sum: real, result } = components;
  const features = outFeatures * real;
  if (real === result && (out.inner === 1 || outFeatures === 1)) {
    return {
      axes: null,
      size: sizeOf(problem.out.shape) * real,
      group: out.group * real,
      batch: out.outer * real,
      spatial: out.spatial.map((stride) => stride * real),
      features,
    };
  }
  const outer = [
    { name: 'group', count: groups, target: out.group * result },
    { name: 'batch', count: batch, target: out.outer * result },
    ...spatial.map(({ output }, d) => ({ name: `${d}`, count: output, target: out.spatial[d] * result })),
  ];
  const order = outer.toSorted((a, b) => b.target - a.target);
  const strides = rowMajorStrides([...order.map(({ count }) => count), features]);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  return {
    axes: [
      ...order.map(({ count, target }, index) => plainAxis(count, strides[index], target)),
      plainAxis(outFeatures, real, out.inner * result),
      plainAxis(real, 1, 1),
    ],
    size: strides[0] * order[0].count,
    group: strideOf('group'),
    batch: strideOf('batch'),
    spatial: spatial.map((_, d) => strideOf(`${d}`)),
    features,
  };
}
