/** The generic kernel: takes every problem, knows no phases. What others are compared with. */
import { sizeOf, type ConvGeometry } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { DIRECT_DIMENSION, DIRECT_GROUP, directParameters, directWgsl, type DirectAxis } from '../wgsl/direct.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Workgroups } from '../program/dispatch.ts';
import type { Algorithm, Binding, Dispatch } from './algorithm.ts';
import { conversionCost, costsOf } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered } from './gemm-step.ts';
import { gridOf } from './grid.ts';

/** The algorithm. */
export const direct: Algorithm = {
  name: 'direct',
  readsInPlace: true,
  consider(lowered, adapter) {
    const { arithmetic, geometry, problem, stored } = lowered;
    const total = sizeOf(problem.out.shape);
    const { dispatch, directOutput, directTap, direct: product } = costsOf(adapter);
    const [reading, writing] = [stored.lhs, stored.out].map((dtype) => conversionCost(adapter, dtype));
    const taps = geometry.reductionLength / geometry.inFeatures;
    return {
      kernel: `${arithmetic}-direct-1x1`,
      errorBound: directBound(lowered),
      cost: dispatch + (total * (directOutput + writing + taps * directTap + geometry.reductionLength * (product + reading))) / 1e6,
      reason: 'one invocation for each output element, by a shader that many problems of the rank and layout share',
      bind: (binding) => [directDispatch(lowered, total, binding)],
    };
  },
};

/** The dispatch that computes all `total` elements of the result. */
export function directDispatch(
  lowered: LoweredConv,
  total: number,
  { lhs, rhs, out, constant }: Binding,
): Dispatch & { readonly workgroups: Workgroups } {
  const { arithmetic, geometry, stored } = lowered;
  // No dimension is one of a single position.
  const rank = Math.max(1, geometry.spatial.length);
  const { batch, groups, inFeatures, outFeatures, spatial } = geometry;
  const isDilated = spatial.some(({ lhsDilation }) => lhsDilation > 1);
  const isSingle = batch * groups * inFeatures * outFeatures === 1;
  return {
    shader: {
      name: `direct ${arithmetic} rank ${rank}`,
      code: directWgsl({ arithmetic, axes: axesOf(geometry, rank), stored, isDilated, isSingle }),
    },
    buffers: [lhs, rhs, out, constant(parametersOf(lowered, total, rank))],
    workgroups: gridOf(Math.ceil(total / DIRECT_GROUP)),
  };
}

/** The axes of the result, the outermost first. Where one of a single position stands does not matter. */
function axesOf({ batch, groups, outFeatures, spatial, out }: ConvGeometry, rank: number): DirectAxis[] {
  const axes: { axis: DirectAxis; count: number; stride: number }[] = [
    { axis: 'batch', count: batch, stride: out.outer },
    { axis: 'group', count: groups, stride: out.group },
    { axis: 'feature', count: outFeatures, stride: out.inner },
    ...Array.from({ length: rank }, (_, d) => ({ axis: d, count: spatial[d]?.output ?? 1, stride: out.spatial[d] ?? 1 })),
  ];
  return axes.toSorted((a, b) => b.stride - a.stride || b.count - a.count).map(({ axis }) => axis);
}

function parametersOf({ geometry }: LoweredConv, total: number, rank: number): Int32Array {
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
