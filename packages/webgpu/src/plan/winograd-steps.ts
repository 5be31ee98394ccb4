/** A phase under Winograd's transforms as dispatches: tiles of lhs transformed, the GEMM over all places, the products transformed back. */
import type { ConvGeometry, DType, OperandStrides } from '@laxconv/api/backend';
import { isOneIn, parameterBlock } from '../wgsl/parameters.wgsl.ts';
import {
  WINOGRAD_GROUP,
  winogradInputWgsl,
  winogradOutputWgsl,
  winogradParameters,
  winogradWeightsParameters,
  winogradWeightsWgsl,
} from '../wgsl/winograd.wgsl.ts';
import type { Workgroups } from '../program/dispatch.ts';
import type { Binding, BufferRef, Dispatch } from './algorithm.ts';
import { gemmDispatch, numbered, panelShape, type GemmWork } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import type { GemmTile } from './gemm-tile.ts';
import { computedIn } from '../lower/lower.ts';
import type { StoredTensors } from '../wgsl/stored.wgsl.ts';
import { placesOf, type Tiling } from './winograd-tiling.ts';

/** The GEMM over the places of `tiling`. */
export function gemmOf({ geometry, loops }: Tiling, tile: GemmTile): GemmWork {
  return { geometry, loops, tile, elements: { computed: 'f32', ...computedIn('f32') } };
}

/** Bytes of transformed inputs, and of products. */
export function planeBytes(groups: number, tiling: Tiling): { readonly inputs: number; readonly products: number } {
  const planes = placesOf(tiling) * groups * 4;
  return { inputs: planes * tiling.inputPlane, products: planes * tiling.outputPlane };
}

/** Where the transform of the result writes counts of workgroups, once something in it is not finite. */
export interface Overflow {
  readonly counts: BufferRef;
  readonly workgroups: Workgroups;
}

/** The dispatches from lhs to the phase's part of the result. */
export function winogradSteps(
  { geometry, stored }: { readonly geometry: ConvGeometry; readonly stored: StoredTensors },
  tiling: Tiling,
  tile: GemmTile,
  isSoftware: boolean,
  overflow: Overflow,
  binding: Binding,
): readonly Dispatch[] {
  const { groups } = geometry;
  const { phase, inputPlane, outputPlane, vectorFeatures, others } = tiling;
  const work = gemmOf(tiling, tile);
  const weights = transformedWeights(geometry, tiling, work, binding);
  const bytes = planeBytes(groups, tiling);
  const [inputs, products] = [binding.scratch(bytes.inputs), binding.scratch(bytes.products)];
  const last = tiling.tiled[tiling.tiled.length - 1];
  const run = runOf(tiling, groups, isSoftware);
  const runs = Math.ceil(last.perClass / run);
  const shape = { outputs: tiling.outputs, tiled: tiling.tiled.length === 1 ? 1 : 2, slices: 1 + others.length } as const;
  const transform = (plane: number, of: OperandStrides, features: number, isInput: boolean): Record<string, number> => ({
    total: (plane / last.perClass) * runs,
    run,
    runs,
    features,
    vectorFeatures: isInput ? vectorFeatures : features,
    offset: of.offset + (isInput ? 0 : phase.reduce((sum, { start }, d) => sum + start * of.spatial[d], 0)),
    group: of.group,
    feature: of.inner,
    place: groups * plane,
    planeGroup: plane,
    side: tiling.inputs,
    outputSide: tiling.outputs,
    ...Object.fromEntries(overflow.workgroups.map((count, axis) => [`again${axis}`, count])),
    ...numbered(
      tiling.tiled.map(({ index, tiles, perClass, classes }) => ({
        tiles,
        perClass,
        classes,
        origin: phase[index].origin,
        step: phase[index].xStep,
        tapStep: phase[index].tapStep,
        size: isInput ? geometry.spatial[index].input : phase[index].count,
        stride: isInput ? of.spatial[index] : phase[index].step * of.spatial[index],
      })),
      ['tiles', 'perClass', 'classes', 'origin', 'step', 'tapStep', 'size', 'stride'],
    ),
    ...numbered(
      [
        { sliceCount: geometry.batch, sliceStride: of.outer },
        ...others.map((d) => ({
          sliceCount: isInput ? geometry.spatial[d].input : phase[d].count,
          sliceStride: isInput ? of.spatial[d] : phase[d].step * of.spatial[d],
        })),
      ],
      ['sliceCount', 'sliceStride'],
    ),
  });
  const step = (
    [name, wgsl, dtype]: readonly [string, typeof winogradInputWgsl, DType],
    from: BufferRef,
    to: readonly BufferRef[],
    values: Record<string, number>,
  ): Dispatch => ({
    shader: { name: `f32-winograd-${name}-${winogradName(tiling)}`, code: wgsl({ ...shape, isOne: isOneIn(values) }, dtype) },
    buffers: [from, ...to, binding.constant(parameterBlock(winogradParameters(shape), values))],
    workgroups: gridOf(Math.ceil(values['total'] / WINOGRAD_GROUP), groups),
  });
  return [
    step(['input', winogradInputWgsl, stored.lhs], binding.lhs, [inputs], transform(inputPlane, geometry.lhs, geometry.inFeatures, true)),
    gemmDispatch(work, inputs, weights, products, binding),
    step(
      ['output', winogradOutputWgsl, stored.out],
      products,
      [binding.out, overflow.counts],
      transform(outputPlane, geometry.out, geometry.outFeatures, false),
    ),
  ];
}

/** In the kernels' names: outputs of a tile. */
export function winogradName({ outputs, tiled }: Tiling): string {
  return tiled.length === 1 ? `${outputs}x1` : `${outputs}x${outputs}`;
}

/** Group by group in each place: the panels of the GEMM. */
function transformedWeights(geometry: ConvGeometry, tiling: Tiling, work: GemmWork, binding: Binding): BufferRef {
  const { groups, rhs, inFeatures, outFeatures } = geometry;
  const { phase, loops } = tiling;
  const { dimensions } = loops;
  const { panels, vectorSize, vectors, groupWeights } = panelShape(work);
  const groupElements = groupWeights * vectorSize;
  const tapStride = (index: number): number => phase[index].wStep * rhs.spatial[index];
  const shape = { outputs: tiling.outputs, tiled: tiling.tiled.length === 1 ? 1 : 2 } as const;
  const parameters = parameterBlock(winogradWeightsParameters(dimensions.length), {
    total: groupElements,
    outFeatures,
    panels,
    segment: inFeatures,
    vectors,
    groupElements,
    place: groups * groupElements,
    wFeature: rhs.inner,
    wOffset: phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset),
    wGroup: rhs.group,
    wColumn: rhs.outer,
    window: 3,
    side: tiling.inputs,
    wTiled0: tapStride(tiling.tiled[0].index),
    wTiled1: tiling.tiled.length === 1 ? 0 : tapStride(tiling.tiled[1].index),
    ...numbered(dimensions, ['taps', 'wStride']),
  });
  const { columns } = work.tile;
  const shader = {
    name: `f32-winograd-weights-${winogradName(tiling)}`,
    code: winogradWeightsWgsl(shape, { rank: dimensions.length, columns, vectorSize }),
  };
  return binding.packed(placesOf(tiling) * groups * groupElements * 4, (target) => [
    {
      shader,
      buffers: [binding.rhs, target, binding.constant(parameters)],
      workgroups: gridOf(Math.ceil(groupElements / WINOGRAD_GROUP), groups),
    },
  ]);
}

/** Invocations that keep a processor busy. */
const ENOUGH = 1024;

/** Tiles of a row that one invocation transforms: a whole row where that leaves enough to share out; on a card, one. */
function runOf({ tiled, inputPlane, outputPlane }: Tiling, groups: number, isSoftware: boolean): number {
  if (!isSoftware) return 1;
  const { perClass } = tiled[tiled.length - 1];
  return Math.max(1, Math.min(perClass, Math.floor((Math.min(inputPlane, outputPlane) * groups) / ENOUGH)));
}
