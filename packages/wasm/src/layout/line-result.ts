/**
 * Where kernels that are vectorised along a line leave their sums: in the caller's order where the line is contiguous there, else in
 * planes, a feature each, with the line last, and copied afterwards.
 */
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis } from './axis.ts';
import { orderWith } from './order.ts';
import { inCallersOrder, resultLoops, type ResultLayout } from './result-layout.ts';

/** Where the sums lie: output p of the line at place ⌊p / split⌋ of phase p mod split, as in LineOperand. */
export interface LineResult extends ResultLayout {
  readonly split: number;
  readonly phase: number;
}

/** The sums with dimension `line` contiguous, where phases write every `split`-th output of it. */
export function lineResult(lowered: LoweredConv, line: number, split: number): LineResult {
  const { geometry, components } = lowered;
  if (components === 1 && split === 1 && geometry.out.spatial[line] === 1) return { ...inCallersOrder(lowered), split, phase: 0 };
  const { output } = geometry.spatial[line];
  const phase = Math.ceil(output / split);
  const loops = resultLoops(lowered).map((loop) => (loop.over === line ? { ...loop, count: split * phase } : loop));
  const { strideOf, ...order } = orderWith(line, loops, components);
  const others = loops.filter(({ over }) => over !== line);
  const axes = [
    ...others.map(({ over, count, stride }) => plainAxis(count, strideOf(over), stride)),
    plainAxis(components, order.component, 1),
  ];
  const step = geometry.out.spatial[line] * components;
  const copies = Array.from({ length: Math.min(split, output) }, (_, r) => ({
    axes: [...axes, plainAxis(Math.ceil((output - r) / split), 1, split * step)],
    source: r * phase,
    target: r * step,
  }));
  return { ...order, copies, features: geometry.outFeatures * components, split, phase };
}
