/**
 * How a kernel finds lhs in the workspace: where the caller's own order will do, as it came, else copied once into an order of its own, with
 * the padding that it reaches around it.
 */
import { type LoweredConv, type Span, isInside } from '../lower/lower.ts';
import { plainAxis } from './axis.ts';
import { callersOrder, orderWith, plainLoop, type LayoutCopy, type Loop, type LoopName, type Order } from './order.ts';

/** Where lhs lies. An element's place: group·g + batch·n + Σ spatial[d]·(index[d] − origin[d]) + feature·i + component·c. */
export interface OperandLayout extends Order {
  /** The copies that make it; null where lhs stays as it came. */
  readonly copies: readonly LayoutCopy[] | null;
  /** Per spatial dimension, the input element at index 0. */
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

/** lhs as it came. */
export function asItCame({ geometry, components, problem }: LoweredConv): OperandLayout {
  return {
    ...callersOrder(geometry.lhs, components, problem.lhs.shape),
    copies: null,
    origin: geometry.spatial.map(() => 0),
    features: geometry.inFeatures * components,
  };
}

/** lhs with the loop `last` innermost; as it came, where it is that already and reads no padding. */
function innermost(lowered: LoweredConv, last: 'feature' | 'group', multiple: number): OperandLayout {
  const { geometry, components, reach } = lowered;
  const { lhs, inFeatures } = geometry;
  const used = inFeatures * components;
  const features = Math.ceil(used / multiple) * multiple;
  const isLast = last === 'feature' ? lhs.inner === 1 || inFeatures === 1 : lhs.group === 1;
  if (isInside(lowered) && features === used && isLast) return asItCame(lowered);
  const loops = operandLoops(lowered, reach, features / components);
  const { strideOf, ...order } = orderWith(last, loops, components);
  const axes = [...axesOf(loops, strideOf), plainAxis(components, 1, order.component)];
  return { ...order, copies: [{ axes, source: firstIn(lowered, reach), target: 0 }], origin: reach.map(({ low }) => low), features };
}

/** The loops over the elements of lhs in `spans`, `features` places for the features of a group. */
export function operandLoops({ geometry, components }: LoweredConv, spans: readonly Span[], features: number): Loop[] {
  const { lhs, spatial, groups, batch, inFeatures } = geometry;
  return [
    plainLoop('group', groups, lhs.group * components),
    plainLoop('batch', batch, lhs.outer * components),
    { ...plainLoop('feature', inFeatures, lhs.inner * components), count: features },
    ...spatial.map(({ input }, d) => ({ over: d, ...covered(spans[d], input), stride: lhs.spatial[d] * components })),
  ];
}

/** The axes of a copy along `loops` to where `strideOf` says. */
export function axesOf(loops: readonly Loop[], strideOf: (over: LoopName) => number) {
  return loops.map(({ over, count, low, size, stride }) => ({ count, low, size, source: stride, target: strideOf(over) }));
}

/** The first real number of lhs in `spans`: beyond what negative padding crops. */
export function firstIn({ geometry, components }: LoweredConv, spans: readonly Span[]): number {
  return spans.reduce((sum, { low }, d) => sum + Math.max(0, low) * geometry.lhs.spatial[d] * components, 0);
}

/** A span as places of a copy; what lies outside the input has no source. */
function covered({ low, end }: Span, input: number): { count: number; low: number; size: number } {
  return { count: end - low, low: Math.min(end - low, Math.max(0, -low)), size: Math.max(0, Math.min(input, end) - Math.max(0, low)) };
}
