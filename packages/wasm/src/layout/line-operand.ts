/**
 * lhs for kernels that are vectorised along a line: where a spatial dimension lies contiguous, as it came, else (or where padding is met)
 * copied into planes, a feature each, with that dimension last.
 *
 * A line that is read at every s-th element is split into s phases, one after the other: element j·s + r lies at place j of phase r. So
 * neighbouring outputs read neighbouring elements, whatever the stride.
 */
import type { LoweredConv, Span } from '../lower/lower.ts';
import { plainAxis } from './axis.ts';
import { asItCame, axesOf, firstIn, operandLoops, type OperandLayout } from './operand-layout.ts';
import { orderWith } from './order.ts';

/** Where lhs lies; along the line, the stride of one place of a phase: 1. */
export interface LineOperand extends OperandLayout {
  /** Phases of the line, and the distance between their first places. */
  readonly split: number;
  readonly phase: number;
}

/** Where element `index` of the line lies, counted from the layout's origin. */
export function placeOf({ split, phase }: Pick<LineOperand, 'split' | 'phase'>, index: number): number {
  return (index % split) * phase + Math.floor(index / split);
}

/** lhs as it came; null where dimension `line` is not contiguous in it. */
export function lineAsItCame(lowered: LoweredConv, line: number): LineOperand | null {
  if (lowered.geometry.lhs.spatial[line] !== 1 || lowered.components !== 1) return null;
  return { ...asItCame(lowered), split: 1, phase: 0 };
}

/** A copy of the elements in `spans`, dimension `line` last and split into `split` phases. */
export function lineCopy(lowered: LoweredConv, spans: readonly Span[], line: number, split: number): LineOperand {
  const { geometry, components } = lowered;
  const count = spans[line].end - spans[line].low;
  const phase = Math.ceil(count / split);
  const loops = operandLoops(lowered, spans, geometry.inFeatures).map((loop) =>
    loop.over === line ? { ...loop, count: split * phase } : loop,
  );
  const { strideOf, ...order } = orderWith(line, loops, components);
  const others = loops.filter(({ over }) => over !== line);
  const axes = [...axesOf(others, strideOf), plainAxis(components, 1, order.component)];
  const from = firstIn(
    lowered,
    spans.map((span, d) => (d === line ? { low: 0, end: 0 } : span)),
  );
  const step = geometry.lhs.spatial[line] * components;
  const copies = Array.from({ length: Math.min(split, count) }, (_, r) => {
    // Places j of phase r hold elements low + j·split + r.
    const first = spans[line].low + r;
    const places = Math.ceil((count - r) / split);
    const low = Math.min(places, Math.max(0, Math.ceil(-first / split)));
    const end = Math.max(low, Math.min(places, Math.ceil((geometry.spatial[line].input - first) / split)));
    // A phase without any element must not pass for an axis of one element.
    const alongLine = { count: places, low: end > low ? low : places, size: end - low, source: split * step, target: 1 };
    return { axes: [...axes, alongLine], source: from + (first + low * split) * step, target: r * phase };
  });
  return { ...order, copies, origin: spans.map(({ low }) => low), features: geometry.inFeatures * components, split, phase };
}
