/**
 * Layouts for kernels whose vectors run along one spatial dimension: lhs and result with that dimension innermost. Where outputs step over
 * inputs, the inputs of one residue lie side by side: a plane for each, so that every tap still reads neighbours. Strides count real numbers.
 */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis, type CopyAxis } from './axis.ts';

/** A copy along axes, from a place in the source to one in the target. */
export interface LayoutCopy {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly target: number;
}

/** Where lhs lies. */
export interface SpatialLastOperand {
  /** The copies that make this layout; null where lhs stays as it came. */
  readonly copies: readonly LayoutCopy[] | null;
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  readonly feature: number;
  readonly component: number;
  /** Per spatial dimension; along the innermost one, from plane to plane. */
  readonly spatial: readonly number[];
  readonly origin: readonly number[];
}

/** lhs with dimension `along` innermost, in `planes` planes. */
export function spatialLast(lowered: LoweredConv, along: number, planes: number): SpatialLastOperand {
  const { geometry, components, reach, problem } = lowered;
  const { lhs, spatial, groups, batch, inFeatures } = geometry;
  const real = components.operand;
  const isInside = reach.every(({ low, end }, d) => low >= 0 && end <= spatial[d].input);
  if (isInside && planes === 1 && lhs.spatial[along] === 1 && real === 1) {
    const { group, outer, inner } = lhs;
    const size = sizeOf(problem.lhs.shape);
    return { copies: null, size, group, batch: outer, feature: inner, component: 0, spatial: lhs.spatial, origin: spatial.map(() => 0) };
  }
  const others = [
    { name: 'group', count: groups, low: 0, size: groups, start: 0, source: lhs.group * real },
    { name: 'batch', count: batch, low: 0, size: batch, start: 0, source: lhs.outer * real },
    { name: 'feature', count: inFeatures, low: 0, size: inFeatures, start: 0, source: lhs.inner * real },
    { name: 'component', count: real, low: 0, size: real, start: 0, source: 1 },
    ...spatial.flatMap(({ input }, d) => {
      if (d === along) return [];
      const { low, end } = reach[d];
      return [{ name: `${d}`, source: lhs.spatial[d] * real, ...window(low, end - low, 1, input) }];
    }),
  ];
  const { low, end } = reach[along];
  const width = Math.ceil((end - low) / planes);
  // Features before space; what else the caller has, in the caller's order.
  const rank = (name: string, source: number): number => (/^\d/.test(name) ? source : source + Number.MAX_SAFE_INTEGER / 2);
  const order = others.toSorted((a, b) => rank(b.name, b.source) - rank(a.name, a.source));
  const strides = rowMajorStrides([...order.map(({ count }) => count), planes, width]);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  const copies = Array.from({ length: planes }, (_, plane): LayoutCopy => {
    const inner = window(low + plane, width, planes, spatial[along].input);
    return {
      axes: [
        ...order.map(({ count, low: from, size, source }, index) => ({ count, low: from, size, source, target: strides[index] })),
        { count: width, low: inner.low, size: inner.size, source: lhs.spatial[along] * real * planes, target: 1 },
      ],
      source: order.reduce((sum, { start, source }) => sum + start * source, inner.start * lhs.spatial[along] * real),
      target: plane * width,
    };
  });
  return {
    copies,
    size: strides[0] * order[0].count,
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    component: strideOf('component'),
    spatial: spatial.map((_, d) => (d === along ? width : strideOf(`${d}`))),
    origin: reach.map(({ low: from }) => from),
  };
}

/** `count` places from input element `first` on, `step` apart: which have a source, and the first that has. */
function window(first: number, count: number, step: number, input: number): { count: number; low: number; size: number; start: number } {
  const low = Math.min(count, Math.max(0, Math.ceil(-first / step)));
  const end = Math.min(count, Math.max(low, Math.floor((input - 1 - first) / step) + 1));
  return { count, low, size: end - low, start: first + low * step };
}

/** Where the sums lie; strides count sums. */
export interface SpatialLastResult {
  /** The copy into the caller's order; null where the kernel writes in that order. */
  readonly axes: readonly CopyAxis[] | null;
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  /** From one real number of a group's output features to the next. */
  readonly feature: number;
  readonly spatial: readonly number[];
}

/** Sums with dimension `along` innermost. */
export function resultSpatialLast({ geometry, components, problem }: LoweredConv, along: number): SpatialLastResult {
  const { out, spatial, groups, batch, outFeatures } = geometry;
  const { sum: real, result } = components;
  if (real === 1 && result === 1 && out.spatial[along] === 1) {
    const { group, outer, inner } = out;
    return { axes: null, size: sizeOf(problem.out.shape), group, batch: outer, feature: inner, spatial: out.spatial };
  }
  const order = [
    { name: 'group', count: groups, target: out.group * result },
    { name: 'batch', count: batch, target: out.outer * result },
    { name: 'feature', count: outFeatures, target: out.inner * result },
    { name: 'component', count: real, target: 1 },
    ...spatial.flatMap(({ output }, d) => (d === along ? [] : [{ name: `${d}`, count: output, target: out.spatial[d] * result }])),
    { name: `${along}`, count: spatial[along].output, target: out.spatial[along] * result },
  ];
  const strides = rowMajorStrides(order.map(({ count }) => count));
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  return {
    axes: order.map(({ count, target }, index) => plainAxis(count, strides[index], target)),
    size: strides[0] * groups,
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('component'),
    spatial: spatial.map((_, d) => strideOf(`${d}`)),
  };
}
