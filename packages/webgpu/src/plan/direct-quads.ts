/** The generic kernel in quadruples, for most problems that come in fours: a quarter of the loops and tests around what is multiplied. */
import type { ConvGeometry } from '@laxconv/api/backend';
import { isStoredAs } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import { meetingsOn, type DirectAxis, type Meetings } from '../wgsl/direct.wgsl.ts';
import type { Algorithm } from './algorithm.ts';
import { compilingCost, conversionCost, costsOf, loadsOf } from './costs.ts';
import { directDispatch, directText, innermostOf, outputsOf } from './direct.ts';
import { directBound } from './direct-bound.ts';
import { areQuads } from './quads.ts';

/** What loading for a product counts as, by how the four meet their elements. */
const LOADS = { same: 1, quad: loadsOf(1, 4), apart: 4 } as const;

/** The algorithm. */
export const directQuads: Algorithm = {
  name: 'direct quads',
  readsInPlace: true,
  consider(lowered, adapter) {
    const { arithmetic, geometry, stored } = lowered;
    const axis = innermostOf(geometry);
    const meetings = meetingsOf(lowered, axis);
    if (typeof meetings === 'string') return meetings;
    const { lhs, rhs } = meetings;
    const { dispatch, directOutput, directTap, direct: product, quadOutput, quadTap } = costsOf(adapter);
    const { reductionLength, inFeatures } = geometry;
    const summing = quadTap[lhs] * ((reductionLength / inFeatures) * directTap + reductionLength * product);
    // One element for all four is converted once.
    const reading = (reductionLength * conversionCost(adapter, stored.lhs)) / (lhs === 'same' ? 4 : 1);
    return {
      kernel: `${arithmetic}-direct-${lhs === 'apart' ? '1x4' : '4x1'}`,
      errorBound: directBound(lowered),
      cost: dispatch + (outputsOf(geometry) * (quadOutput * directOutput + summing + reading)) / 1e6,
      compiling: compilingCost(adapter, [directText(geometry, LOADS[lhs] + LOADS[rhs] + LOADS.quad)], true),
      reason: 'one invocation for each four neighbours, by a shader that many problems of the rank and layout share',
      bind: (binding) => [directDispatch(lowered, binding, inQuads(geometry, axis))],
    };
  },
};

/** How four neighbours on the innermost `axis` meet their elements; or why they cannot be made at once. */
function meetingsOf({ arithmetic, geometry, stored }: LoweredConv, axis: DirectAxis): Meetings | string {
  const { groups, outFeatures, spatial, lhs, rhs } = geometry;
  if (arithmetic === 'c64') return 'complex numbers';
  if (!isStoredAs(stored.out, arithmetic)) return `${stored.out}, which is stored element by element`;
  const meetings = meetingsOn(axis);
  if (meetings === undefined) return 'neighbours in the result are of different batch elements';
  const count = typeof axis === 'number' ? (spatial[axis]?.output ?? 1) : axis === 'group' ? groups : outFeatures;
  if (!areQuads(count)) return `${count} neighbours in the result, which are no quadruples`;
  if (meetings.lhs === 'apart' && spatial.some(({ lhsDilation }) => lhsDilation > 1)) return 'zeros between the elements of a row';
  // Operands lie in a row: where whole quadruples lie side by side, every other step is a multiple of their number.
  if (meetings.lhs === 'quad' && lhs.group !== 1) return 'what they meet of lhs lies apart';
  if (meetings.rhs === 'quad' && (axis === 'group' ? rhs.group : rhs.outer) !== 1) return 'what they meet of rhs lies apart';
  return meetings;
}

/** `geometry` with quadruples for elements on `axis`. */
function inQuads(geometry: ConvGeometry, axis: DirectAxis): ConvGeometry {
  const { groups, outFeatures, spatial, lhs, rhs } = geometry;
  if (axis === 'group') {
    return { ...geometry, groups: groups / 4, lhs: { ...lhs, group: lhs.group * 4 }, rhs: { ...rhs, group: rhs.group * 4 } };
  }
  if (axis === 'feature') return { ...geometry, outFeatures: outFeatures / 4, rhs: { ...rhs, outer: rhs.outer * 4 } };
  return { ...geometry, spatial: spatial.map((dimension, d) => (d === axis ? { ...dimension, output: dimension.output / 4 } : dimension)) };
}
