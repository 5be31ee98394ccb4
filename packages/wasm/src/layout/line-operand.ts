/**
 * lhs for kernels that are vectorised along a line: where a spatial dimension lies contiguous, as it came, else (or where padding is met)
 * copied into planes, a feature each, with that dimension last. Strides count real numbers.
 *
 * A line that is read at every s-th element is split into s phases, one after the other: element j·s + r lies at place j of phase r. So
 * neighbouring outputs read neighbouring elements, whatever the stride.
 */
import { rowMajorStrides, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis, type CopyAxis } from './axis.ts';

/** The elements of a spatial dimension from `low` to before `end`; negative ones, and those beyond the input, are padding. */
export interface Window {
  readonly low: number;
  readonly end: number;
}

/** A copy that makes part of a layout: from real number `source` of lhs to real number `target` of the layout. */
export interface LayoutCopy {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly target: number;
}

/** Where lhs lies. */
export interface LineOperand {
  /** The copies that make it; null where lhs stays as it came. */
  readonly copies: readonly LayoutCopy[] | null;
  /** Real numbers in all. */
  readonly size: number;
  readonly group: number;
  readonly batch: number;
  /** From one input feature to the next, and from its real to its imaginary part. */
  readonly feature: number;
  readonly component: number;
  /** Strides; along the line, of one place of a phase: 1. */
  readonly spatial: readonly number[];
  /** The input element at index 0. */
  readonly origin: readonly number[];
  /** Phases of the line, and the distance between their first places. */
  readonly split: number;
  readonly phase: number;
}

/** Where element `index` of the line lies, counted from the layout's origin. */
export function placeOf({ split, phase }: LineOperand, index: number): number {
  return (index % split) * phase + Math.floor(index / split);
}

/** lhs as it came; null where dimension `line` is not contiguous in it. */
export function lineAsItCame({ geometry, components, problem }: LoweredConv, line: number): LineOperand | null {
  const { lhs, spatial } = geometry;
  if (lhs.spatial[line] !== 1 || components.operand !== 1) return null;
  return {
    copies: null,
    size: sizeOf(problem.lhs.shape),
    group: lhs.group,
    batch: lhs.outer,
    feature: lhs.inner,
    component: 0,
    spatial: lhs.spatial,
    origin: spatial.map(() => 0),
    split: 1,
    phase: 0,
  };
}

/** A copy of the elements in `windows`, dimension `line` last and split into `split` phases. */
export function lineCopy({ geometry, components }: LoweredConv, windows: readonly Window[], line: number, split: number): LineOperand {
  const { lhs, spatial, groups, batch, inFeatures } = geometry;
  const real = components.operand;
  const count = windows[line].end - windows[line].low;
  const phase = Math.ceil(count / split);
  const whole = (name: string, size: number, source: number) => ({ name, count: size, low: 0, size, source: source * real });
  const outer = [
    whole('group', groups, lhs.group),
    whole('batch', batch, lhs.outer),
    whole('feature', inFeatures, lhs.inner),
    ...spatial.flatMap(({ input }, d) =>
      d === line ? [] : [{ name: `${d}`, ...covered(windows[d], input), source: lhs.spatial[d] * real }],
    ),
  ];
  // The caller's order is kept, but for the line: what was near stays near.
  const order = outer.toSorted((a, b) => b.source - a.source);
  const feature = order.findIndex(({ name }) => name === 'feature');
  const sizes = [...order.map((axis) => axis.count), split * phase];
  sizes.splice(feature + 1, 0, real);
  const strides = rowMajorStrides(sizes);
  const [component] = strides.splice(feature + 1, 1);
  const strideOf = (name: string): number => strides[order.findIndex((axis) => axis.name === name)];
  const axes = [
    ...order.map(({ count: places, low, size, source }, index) => ({ count: places, low, size, source, target: strides[index] })),
    plainAxis(real, 1, component),
  ];
  const from = windows.reduce((sum, { low }, d) => sum + (d === line ? 0 : Math.max(0, low) * lhs.spatial[d] * real), 0);
  const copies = Array.from({ length: Math.min(split, count) }, (_, r) => {
    // Places j of phase r hold elements low + j·split + r.
    const first = windows[line].low + r;
    const places = Math.ceil((count - r) / split);
    const low = Math.min(places, Math.max(0, Math.ceil(-first / split)));
    const end = Math.max(low, Math.min(places, Math.ceil((spatial[line].input - first) / split)));
    // A phase without any element must not pass for an axis of one element.
    const alongLine = {
      count: places,
      low: end > low ? low : places,
      size: end - low,
      source: split * lhs.spatial[line] * real,
      target: 1,
    };
    return {
      axes: [...axes, alongLine],
      source: from + (first + low * split) * lhs.spatial[line] * real,
      target: r * phase,
    };
  });
  return {
    copies,
    size: sizeOf(sizes),
    group: strideOf('group'),
    batch: strideOf('batch'),
    feature: strideOf('feature'),
    component,
    spatial: spatial.map((_, d) => (d === line ? 1 : strideOf(`${d}`))),
    origin: windows.map(({ low }) => low),
    split,
    phase,
  };
}

/** A window as places of a copy; what lies outside the input has no source. */
export function covered({ low, end }: Window, input: number): { count: number; low: number; size: number } {
  return { count: end - low, low: Math.min(end - low, Math.max(0, -low)), size: Math.max(0, Math.min(input, end) - Math.max(0, low)) };
}
