/** An implicit GEMM as dispatches: weights packed into panels once, then one dispatch a run. */
import type { ConvGeometry } from '@laxconv/api/backend';
import { PACK_GROUP, packPanelsParameters, packPanelsWgsl } from '../wgsl/pack-panels.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Elements } from '../wgsl/stored.wgsl.ts';
import type { AdapterFacts, Binding, BufferRef, Dispatch } from './algorithm.ts';
import type { ShaderText } from './costs.ts';
import type { GemmLoops } from './gemm-loops.ts';
import { lightGrid, shared } from './grid.ts';
import type { GemmTile } from './gemm-tile.ts';

/** Sizes of packed weights, in vectors. */
export interface PanelShape {
  readonly panels: number;
  /** Elements of the reduction in a vector. */
  readonly vectorSize: 2 | 4;
  readonly vectors: number;
  readonly tapWeights: number;
  readonly panelWeights: number;
  readonly groupWeights: number;
}

/** A product of one phase, or of all places of Winograd's tiles: what a GEMM needs to know of the problem. */
export interface GemmWork {
  readonly geometry: Pick<ConvGeometry, 'groups' | 'outFeatures' | 'lhs' | 'rhs' | 'out'>;
  readonly loops: GemmLoops;
  readonly tile: GemmTile;
  readonly elements: Elements;
  /** Workgroups that share a tile of outputs, each with a part of the reduction; 1 where absent. */
  readonly splits?: number;
}

/** The panels that the weights of `work` make. */
export function panelShape({ geometry, loops, tile }: GemmWork): PanelShape {
  const panels = Math.ceil(geometry.outFeatures / tile.columns);
  const vectorSize = tile.vectorSize(loops.segment);
  const vectors = Math.ceil(loops.segment.length / vectorSize);
  const tapWeights = vectors * tile.columns;
  const panelWeights = loops.dimensions.reduce((product, { taps }) => product * taps, tapWeights);
  return { panels, vectorSize, vectors, tapWeights, panelWeights, groupWeights: panels * panelWeights };
}

/** Multiply-adds of `work`, those for nothing at the edges of tiles and vectors included. */
export function gemmProducts(work: GemmWork): number {
  const { geometry, loops, tile } = work;
  const { groupWeights, vectorSize } = panelShape(work);
  return geometry.groups * Math.ceil(loops.pixels / tile.pixels) * tile.pixels * groupWeights * vectorSize;
}

/** Why `work` is too large for `adapter`; undefined if it is not. */
export function gemmLimits(work: GemmWork, adapter: AdapterFacts): string | undefined {
  const { panels, groupWeights, vectorSize } = panelShape(work);
  if (groupWeights * work.geometry.groups * vectorSize * 4 > adapter.maxBindingBytes) return 'its packed weights are larger than a binding';
  if (panels > adapter.maxWorkgroups || work.geometry.groups > adapter.maxWorkgroups) return 'more features or groups than workgroups';
  return undefined;
}

/** Of the product's shader. */
export function textOf({ tile, loops }: GemmWork): ShaderText {
  return tile.text(loops.segment);
}

/** Of the shader that packs weights: measured. */
const PACKING: ShaderText = { accesses: 2, operations: 140 };

/** Of the shaders of `work`, packing included. */
export function textsOf(work: GemmWork): readonly ShaderText[] {
  return [textOf(work), PACKING];
}

/** Packs the weights of `work`; the panels. */
export function packedPanels(work: GemmWork, binding: Binding): BufferRef {
  const { geometry, loops, tile, elements } = work;
  const element = elements.computed;
  const { panels, vectorSize, vectors, groupWeights } = panelShape(work);
  const { segment, dimensions } = loops;
  const total = groupWeights * geometry.groups;
  const parameters = parameterBlock(packPanelsParameters(dimensions.length), {
    total,
    outFeatures: geometry.outFeatures,
    panels,
    segment: segment.length,
    vectors,
    vectorSize,
    features: segment.features,
    wTap: segment.wTap,
    wFeature: segment.wFeature,
    wOffset: loops.wOffset,
    wGroup: geometry.rhs.group,
    wColumn: geometry.rhs.outer,
    ...numbered(dimensions, ['taps', 'wStride']),
  });
  const shader = {
    name: `${element}-pack-panels-${vectorSize}x${tile.columns}`,
    code: packPanelsWgsl({ rank: dimensions.length, columns: tile.columns, vectorSize, element }),
  };
  return binding.packed(total * vectorSize * 4, (target) => [
    { shader, buffers: [binding.rhs, target, binding.constant(parameters)], workgroups: lightGrid(total, PACK_GROUP) },
  ]);
}

/** Steps of the reduction, where it can be shared out. */
export function stepsOf(work: GemmWork): number {
  const { depth } = work.tile;
  const { tapWeights, panelWeights } = panelShape(work);
  return depth === undefined ? 1 : (panelWeights / tapWeights) * Math.ceil(work.loops.segment.length / depth);
}

/** The product itself; where it is split, `out` takes as many copies of a result of `splitStride` elements. */
export function gemmDispatch(
  work: GemmWork,
  lhs: BufferRef,
  weights: BufferRef,
  out: BufferRef,
  binding: Binding,
  splitStride = 0,
): Dispatch {
  const { geometry, loops, tile, elements, splits = 1 } = work;
  const { panels, tapWeights, panelWeights } = panelShape(work);
  const { segment, dimensions } = loops;
  const others = panels * geometry.groups * splits;
  const parameters = parameterBlock(tile.parameters(dimensions.length), {
    pixels: loops.pixels,
    tilePixels: tile.pixels,
    columns: geometry.outFeatures,
    segment: segment.length,
    kStride: segment.xStride,
    flatScale: segment.flatScale,
    flatStep: segment.flatStep,
    flatSize: segment.flatSize,
    tapWeights,
    panelWeights,
    panels,
    xOffset: loops.xOffset,
    xGroup: geometry.lhs.group,
    yOffset: loops.yOffset,
    yGroup: geometry.out.group,
    yColumn: geometry.out.inner,
    splits,
    splitSteps: Math.ceil(stepsOf(work) / splits),
    splitStride,
    ...numbered(dimensions, ['count', 'origin', 'step', 'size', 'taps', 'tapStep', 'xStride', 'yStride']),
  });
  return {
    shader: tile.shader(loops, elements),
    buffers: [lhs, weights, out, binding.constant(parameters)],
    workgroups: [shared(Math.ceil(loops.pixels / tile.groupPixels), others, tile.enoughWorkgroups), panels, geometry.groups * splits],
  };
}

/** Members of an object as parameters whose names begin with `prefix`. */
export function prefixed<Name extends string>(prefix: string, members: Readonly<Record<Name, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries<number>(members).map(([name, value]) => [`${prefix}_${name}`, value]));
}

/** Members of several objects as numbered parameters: `name0`, `name1`, … */
export function numbered<Name extends string>(
  each: readonly Readonly<Record<Name, number>>[],
  names: readonly Name[],
): Record<string, number> {
  return Object.fromEntries(each.flatMap((one, index) => names.map((name) => [`${name}${index}`, one[name]])));
}
