/**
 * Where kernels that are vectorised along a line leave their sums: in the caller's order where the line is contiguous there, else in
 * planes, a feature each, with the line last, and copied afterwards. Strides count sums (real numbers).
 */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis } from './axis.ts';
import type { LayoutCopy } from './line-operand.ts';

/** Where the sums lie. */
export interface LineResult {
  /** The copies into the caller's order; null where the kernel writes in that order. */
  readonly copies: readonly LayoutCopy[] | null;
  /** Sums in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  /** From one output feature to the next, and from its real to its imaginary part. */
  readonly feature: number;
  readonly component: number;
  /** Strides; along the line, of one place of a phase: 1. */
  readonly spatial: readonly number[];
  /** Outputs p of the line lie at place ⌊p / split⌋ of phase p mod split. */
  readonly split: number;
  readonly phase: number;
}

/** The sums with dimension `line` contiguous, where phases write every `split`-th output of it. */
export function lineResult({ geometry, components, problem }: LoweredConv, line: number, split: number): LineResult {
  const { out, spatial, groups, batch, outFeatures } = geometry;
  const { sum: real, result } = components;
  if (real === 1 && result === 1 && split === 1 && out.spatial[line] === 1) {
    return {
      copies: null,
      size: sizeOf(problem.out.shape),
      group: out.group,
      batch: out.outer,
      feature: out.inner,
      component: 0,
      spatial: out.spatial,
      split,
      phase: 0,
    };
  }
  const { output } = spatial[line];
  const phase = Math.ceil(output / split);
  const outer = [
    { name: 'group', count: groups, target: out.group * result },
    { name: 'batch', count: batch, target: out.outer * result },
    { name: 'feature', count: outFeatures, target: out.inner * result },
    ...spatial.flatMap((dimension, d) => (d === line ? [] : [{ name: `${d}`, count: dimension.output, target: out.spatial[d] * result }])),
  ];
  const order = outer.toSorted((a, b) => b.target - a.target);
  const feature = order.findIndex(({ name }) => name === 'feature');
  const sizes = [...order.map(({ count }) => count), split * phase];
  sizes.splice(feature + 1, 0, real);
  const strides = rowMajorStrides(sizes);
  const [component] = strides.splice(feature + 1, 1);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  const axes = [...order.map(({ count, target }, index) => plainAxis(count, strides[index], target)), plainAxis(real, component, 1)];
  return {
    copies: Array.from({ length: Math.min(split, output) }, (_, r) => ({
      axes: [...axes, plainAxis(Math.ceil((output - r) / split), 1, split * out.spatial[line] * result)],
      source: r * phase,
      target: r * out.spatial[line] * result,
    })),
    size: sizeOf(sizes),
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    component,
    spatial: spatial.map((_, d) => (d === line ? 1 : strideOf(`${d}`))),
    split,
    phase,
  };
}
