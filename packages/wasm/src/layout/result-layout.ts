/** How a kernel leaves its sums in the workspace: in the caller's order where that is the kernel's own, else copied afterwards. */
import type { LoweredConv } from '../lower/lower.ts';
import { plainAxis } from './axis.ts';
import { callersOrder, orderWith, plainLoop, type LayoutCopy, type Loop, type Order } from './order.ts';

/** Where the sums lie. */
export interface ResultLayout extends Order {
  /** The copies into the caller's order; null where the kernel writes in that order. */
  readonly copies: readonly LayoutCopy[] | null;
  /** Real numbers of a group's output features. */
  readonly features: number;
}

/** Sums with the features of a group side by side. */
export function resultFeaturesLast(lowered: LoweredConv): ResultLayout {
  const { out, outFeatures } = lowered.geometry;
  return out.inner === 1 || outFeatures === 1 ? inCallersOrder(lowered) : innermost(lowered, 'feature');
}

/** Sums with their groups side by side. */
export function resultGroupsLast(lowered: LoweredConv): ResultLayout {
  return lowered.geometry.out.group === 1 ? inCallersOrder(lowered) : innermost(lowered, 'group');
}

/** Sums where the caller wants them. */
export function inCallersOrder({ geometry, components, problem }: LoweredConv): ResultLayout {
  return {
    ...callersOrder(geometry.out, components, problem.out.shape),
    copies: null,
    features: geometry.outFeatures * components,
  };
}

function innermost(lowered: LoweredConv, last: 'feature' | 'group'): ResultLayout {
  const { components, geometry } = lowered;
  const loops = resultLoops(lowered);
  const { strideOf, ...order } = orderWith(last, loops, components);
  const axes = [
    ...loops.map(({ over, count, stride }) => plainAxis(count, strideOf(over), stride)),
    plainAxis(components, order.component, 1),
  ];
  return { ...order, copies: [{ axes, source: 0, target: 0 }], features: geometry.outFeatures * components };
}

/** The loops over all sums. */
export function resultLoops({ geometry, components }: LoweredConv): Loop[] {
  const { out, spatial, groups, batch, outFeatures } = geometry;
  return [
    plainLoop('group', groups, out.group * components),
    plainLoop('batch', batch, out.outer * components),
    plainLoop('feature', outFeatures, out.inner * components),
    ...spatial.map(({ output }, d) => plainLoop(d, output, out.spatial[d] * components)),
  ];
}
