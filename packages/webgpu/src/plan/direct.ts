/** The generic kernel: takes every problem, knows no phases. What others are compared with. */
import { sizeOf, type ConvGeometry } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { DIRECT_DIMENSION, DIRECT_GROUP, directParameters, directWgsl, type DirectAxis } from '../wgsl/direct.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Workgroups } from '../program/dispatch.ts';
import type { Algorithm, Binding, Dispatch } from './algorithm.ts';
import { compilingCost, conversionCost, costsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered } from './gemm-step.ts';
import { gridOf } from './grid.ts';

/** The algorithm. */
export const direct: Algorithm = {
  name: 'direct',
  readsInPlace: true,
  consider(lowered, adapter) {
    const { arithmetic, geometry, stored } = lowered;
    const { dispatch, directOutput, directTap, direct: product } = costsOf(adapter);
    const [reading, writing] = [stored.lhs, stored.out].map((dtype) => conversionCost(adapter, dtype));
    const { reductionLength, inFeatures } = geometry;
    const each = directOutput + writing + (reductionLength / inFeatures) * directTap + reductionLength * (product + reading);
    return {
      kernel: `${arithmetic}-direct-1x1`,
      errorBound: directBound(lowered),
      cost: dispatch + (outputsOf(geometry) * each) / 1e6,
      compiling: compilingCost(adapter, [directText(geometry)], true),
      reason: 'one invocation for each output element, by a shader that many problems of the rank and layout share',
      bind: (binding) => [directDispatch(lowered, binding)],
    };
  },
};

/** Of its shader. */
export function directText(geometry: ConvGeometry, accesses = 3): ShaderText {
  // Positions that are taken apart, loops and tests: measured.
  return { accesses, operations: isSingle(geometry) ? 75 : 160 };
}

/**
 * The dispatch that computes all elements of the result; or, with `quads`, all quadruples on the innermost axis, which is how many
 * that geometry counts there (`inQuads`).
 */
export function directDispatch(
  { arithmetic, geometry, stored }: LoweredConv,
  { lhs, rhs, out, constant }: Binding,
  quads?: ConvGeometry,
): Dispatch & { readonly workgroups: Workgroups } {
  const walked = quads ?? geometry;
  const isQuad = quads !== undefined;
  const isDilated = geometry.spatial.some(({ lhsDilation }) => lhsDilation > 1);
  return {
    shader: {
      name: `direct${isQuad ? ' quads' : ''} ${arithmetic} rank ${rankOf(geometry)}`,
      code: directWgsl({ arithmetic, axes: axesOf(geometry), stored, isDilated, isSingle: isSingle(geometry), isQuad }),
    },
    buffers: [lhs, rhs, out, constant(parametersOf(walked))],
    workgroups: gridOf(Math.ceil(outputsOf(walked) / DIRECT_GROUP)),
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
export function outputsOf({ batch, groups, outFeatures, spatial }: ConvGeometry): number {
  return sizeOf([batch, groups, outFeatures, ...spatial.map(({ output }) => output)]);
}

/** What neighbours in the result are neighbours of. */
export function innermostOf(geometry: ConvGeometry): DirectAxis {
  return axesOf(geometry)[rankOf(geometry) + 2];
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

function parametersOf(geometry: ConvGeometry): Int32Array {
  const { groups, batch, outFeatures, inFeatures, spatial, lhs, rhs } = geometry;
  const rank = rankOf(geometry);
  const single = { input: 1, kernel: 1, output: 1, stride: 1, padLow: 0, lhsDilation: 1, rhsDilation: 1 };
  const dimensions = Array.from({ length: rank }, (_, d) =>
    d < spatial.length
      ? { ...spatial[d], lhsStride: lhs.spatial[d], rhsStride: rhs.spatial[d] }
      : { ...single, lhsStride: 0, rhsStride: 0 },
  );
  return parameterBlock(directParameters(rank), {
    total: outputsOf(geometry),
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
