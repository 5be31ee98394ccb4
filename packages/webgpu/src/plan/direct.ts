/**
 * The generic kernel: takes every problem, knows no phases. What others are compared with. And the same in quadruples, for most problems
 * that come in fours: a quarter of the loops and tests around what is multiplied.
 */
import { sizeOf, type ConvGeometry } from '@laxconv/api/backend';
import { isStoredAs } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import { DIRECT_DIMENSION, DIRECT_GROUP, directParameters, directWgsl, meetingsOn, type DirectAxis } from '../wgsl/direct.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Workgroups } from '../program/dispatch.ts';
import type { AdapterFacts, Algorithm, Binding, Dispatch } from './algorithm.ts';
import { compilingCost, conversionCost, costsOf, loadsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import { areQuads, leadToQuads } from './quads.ts';

/**
 * What an element of a quadruple takes of the time that one takes alone: for the loops around it, and for each tap, by whether its four
 * elements of lhs lie apart. Measured on lavapipe and SwiftShader alike; assumed of cards.
 */
const OUTPUT_OF_QUAD = 1 / 3;
const TAP_OF_QUAD = 0.4;
const TAP_APART = 0.5;

/** One element of the result at a time. */
export const direct: Algorithm = {
  name: 'direct',
  readsInPlace: true,
  consider: (lowered, adapter) => ({
    kernel: `${lowered.arithmetic}-direct-1x1`,
    errorBound: directBound(lowered),
    cost: costOf(lowered, adapter),
    compiling: compilingCost(adapter, [textOf(lowered.geometry)], true),
    reason: 'one invocation for each output element, by a shader that many problems of the rank and layout share',
    bind: (binding) => [directDispatch(lowered, binding)],
  }),
};

/** Four at a time. */
export const directQuads: Algorithm = {
  name: 'direct quads',
  readsInPlace: true,
  consider(lowered, adapter) {
    const { arithmetic, geometry, stored } = lowered;
    if (arithmetic === 'c64') return 'complex numbers';
    if (!isStoredAs(stored.out, arithmetic)) return `${stored.out}, which is stored element by element`;
    const axis = innermostOf(geometry);
    const reason = whyNoQuads(geometry, axis);
    if (reason !== undefined) return reason;
    const [features, positions] = typeof axis === 'number' ? [1, 4] : [4, 1];
    return {
      kernel: `${arithmetic}-direct-${features}x${positions}`,
      errorBound: directBound(lowered),
      cost: costOf(lowered, adapter, axis),
      compiling: compilingCost(adapter, [textOf(geometry, axis)], true),
      reason: 'one invocation for each four neighbours, by a shader that many problems of the rank and layout share',
      bind: (binding) => [directDispatch(lowered, binding, true)],
    };
  },
};

/** Of the shader of single elements, or of quadruples on `axis`. */
function textOf(geometry: ConvGeometry, axis?: DirectAxis): ShaderText {
  const accesses = { same: 1, quad: loadsOf(1, 4), apart: 4 };
  const { lhs, rhs } = meetingsOn(axis) ?? { lhs: 'same', rhs: 'same' };
  const store = accesses[axis === undefined ? 'same' : 'quad'];
  // Positions that are taken apart, loops and tests: measured.
  const around = isSingle(geometry) ? 75 : 160;
  return { accesses: accesses[lhs] + accesses[rhs] + store, operations: around };
}

/** Microseconds of a run of single elements, or of quadruples on `axis`. */
function costOf({ geometry, stored }: LoweredConv, adapter: AdapterFacts, axis?: DirectAxis): number {
  const { dispatch, directOutput, directTap, direct: product } = costsOf(adapter);
  const [reading, writing] = [stored.lhs, stored.out].map((dtype) => conversionCost(adapter, dtype));
  const { reductionLength, inFeatures } = geometry;
  const [outputs, taps] = axis === undefined ? [1, 1] : [OUTPUT_OF_QUAD, typeof axis === 'number' ? TAP_APART : TAP_OF_QUAD];
  const summing = (reductionLength / inFeatures) * directTap + reductionLength * product;
  const each = outputs * directOutput + writing + taps * summing + reductionLength * reading;
  return dispatch + (outputsOf(geometry) * each) / 1e6;
}

/** The dispatch that computes all elements of the result, one at a time or four. */
export function directDispatch(
  { arithmetic, geometry, stored }: LoweredConv,
  { lhs, rhs, out, constant }: Binding,
  isQuad = false,
): Dispatch & { readonly workgroups: Workgroups } {
  const axes = axesOf(geometry);
  const isDilated = geometry.spatial.some(({ lhsDilation }) => lhsDilation > 1);
  const walked = isQuad ? inQuads(geometry, innermostOf(geometry)) : geometry;
  const total = outputsOf(walked);
  return {
    shader: {
      name: `direct ${arithmetic} rank ${rankOf(geometry)}`,
      code: directWgsl({ arithmetic, axes, stored, isDilated, isSingle: isSingle(geometry), isQuad }),
    },
    buffers: [lhs, rhs, out, constant(parametersOf(walked, total))],
    workgroups: gridOf(Math.ceil(total / DIRECT_GROUP)),
  };
}

/** Spatial dimensions of the shader: no dimension is one of a single position. */
function rankOf({ spatial }: ConvGeometry): number {
  return Math.max(1, spatial.length);
}

/** Whether batch, groups and features are 1. */
function isSingle({ batch, groups, inFeatures, outFeatures }: ConvGeometry): boolean {
  return batch * groups * inFeatures * outFeatures === 1;
}

/** Elements of the result. */
function outputsOf({ batch, groups, outFeatures, spatial }: ConvGeometry): number {
  return sizeOf([batch, groups, outFeatures, ...spatial.map(({ output }) => output)]);
}

/** The axes of the result, the outermost first; those of a single position, which may stand anywhere, before others of the same stride. */
function axesOf(geometry: ConvGeometry): DirectAxis[] {
  const { batch, groups, outFeatures, spatial, out } = geometry;
  const axes: { axis: DirectAxis; count: number; stride: number }[] = [
    { axis: 'batch', count: batch, stride: out.outer },
    { axis: 'group', count: groups, stride: out.group },
    { axis: 'feature', count: outFeatures, stride: out.inner },
    ...Array.from({ length: rankOf(geometry) }, (_, d) => ({ axis: d, count: spatial[d]?.output ?? 1, stride: out.spatial[d] ?? 1 })),
  ];
  return axes.toSorted((a, b) => b.stride - a.stride || a.count - b.count).map(({ axis }) => axis);
}

/** What neighbours in the result are neighbours of. */
function innermostOf(geometry: ConvGeometry): DirectAxis {
  return axesOf(geometry)[rankOf(geometry) + 2];
}

/** A loop that walks through an operand: over what, how many positions, and elements from one to the next. */
type Walk = readonly [over: DirectAxis | 'input', count: number, stride: number];

/** Why neighbours on the innermost `axis` cannot be made four at a time; undefined where they can. */
function whyNoQuads({ batch, groups, inFeatures, outFeatures, spatial, lhs, rhs }: ConvGeometry, axis: DirectAxis): string | undefined {
  const meetings = meetingsOn(axis);
  if (meetings === undefined) return 'neighbours in the result are of different batch elements';
  const count = typeof axis === 'number' ? (spatial[axis]?.output ?? 1) : axis === 'group' ? groups : outFeatures;
  if (!areQuads(count)) return `${count} neighbours in the result, which are no quadruples`;
  if (spatial.some(({ lhsDilation }) => lhsDilation > 1)) return 'zeros between the elements of lhs';
  const lhsWalks: Walk[] = [
    ['group', groups, lhs.group],
    ['batch', batch, lhs.outer],
    ['input', inFeatures, lhs.inner],
    ...spatial.map(({ input }, d): Walk => [d, input, lhs.spatial[d]]),
  ];
  const rhsWalks: Walk[] = [
    ['group', groups, rhs.group],
    ['feature', outFeatures, rhs.outer],
    ['input', inFeatures, rhs.inner],
    ...spatial.map(({ kernel }, d): Walk => [d, kernel, rhs.spatial[d]]),
  ];
  if (meetings.lhs === 'quad' && !hasQuadsOn(axis, lhs.offset, lhsWalks)) return 'what they meet of lhs lies apart';
  if (meetings.rhs === 'quad' && !hasQuadsOn(axis, rhs.offset, rhsWalks)) return 'what they meet of rhs lies apart';
  return undefined;
}

/** Whether neighbours on `axis` lie side by side in an operand, in quadruples wherever the other walks lead. */
function hasQuadsOn(axis: DirectAxis, offset: number, walks: readonly Walk[]): boolean {
  const others = walks.filter(([over]) => over !== axis).map(([, count, stride]) => [count, stride] as const);
  return areQuads(offset) && leadToQuads(others) && walks.some(([over, , stride]) => over === axis && stride === 1);
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

function parametersOf(geometry: ConvGeometry, total: number): Int32Array {
  const rank = rankOf(geometry);
  const { groups, batch, outFeatures, inFeatures, spatial, lhs, rhs } = geometry;
  const single = { input: 1, kernel: 1, output: 1, stride: 1, padLow: 0, lhsDilation: 1, rhsDilation: 1 };
  const dimensions = Array.from({ length: rank }, (_, d) =>
    d < spatial.length
      ? { ...spatial[d], lhsStride: lhs.spatial[d], rhsStride: rhs.spatial[d] }
      : { ...single, lhsStride: 0, rhsStride: 0 },
  );
  return parameterBlock(directParameters(rank), {
    total,
    groups,
    batch,
    outFeatures,
    inFeatures,
    lhsGroup: lhs.group,
    lhsOuter: lhs.outer,
    lhsInner: lhs.inner,
    rhsOffset: rhs.offset,
    rhsGroup: rhs.group,
    rhsOuter: rhs.outer,
    rhsInner: rhs.inner,
    ...numbered(dimensions, DIRECT_DIMENSION),
  });
}
