/** Planes staged in workgroup memory: few features to few, windows that are not small, on graphics cards. Each phase is a dispatch. */
import type { Phase } from '../lower/lower.ts';
import { LOOP } from '../wgsl/loop.wgsl.ts';
import { isOneIn, parameterBlock } from '../wgsl/parameters.wgsl.ts';
import { PLANES_GROUP, PLANES_TILE, planesParameters, planesWgsl, STAGED } from '../wgsl/planes.wgsl.ts';
import type { AdapterFacts, Binding, Candidate, Dispatch } from './algorithm.ts';
import { compilingCost, conversionCost, costsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered, prefixed } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';
import { byStride } from './line-axis.ts';
import { loopsAround, loopsOf, type Loop } from './loops.ts';
import { offsetsOf } from './offsets.ts';

/** Output features of an invocation, where there are so many: they share what it reads of the staged plane. */
const FEATURES = 4;

/** A loop whose positions are cut into tiles, and the input elements that a tile's windows meet. */
interface TiledLoop extends Loop {
  readonly tiles: number;
  readonly staged: number;
}

/** One phase. */
interface Work {
  readonly phase: Phase;
  readonly line: TiledLoop;
  readonly row: TiledLoop;
  /** Around the planes. */
  readonly outside: readonly Loop[];
  /** Tiles of all planes. */
  readonly tiles: number;
  readonly features: number;
  readonly blocks: number;
}

/** The algorithm. */
export const planes = inReals({
  name: 'planes',
  consider(lowered, adapter): Candidate | string {
    const { arithmetic, geometry, phases } = lowered;
    if (geometry.spatial.length < 2) return 'no plane';
    const works = phases.map((phase) => workOf(lowered, phase));
    if (works.some(({ line, row }) => line.staged * row.staged > STAGED)) return 'a tile that meets more than workgroup memory holds';
    if (works.some(({ blocks }) => blocks * geometry.groups > adapter.maxWorkgroups)) return 'more features or groups than workgroups';
    return {
      kernel: `${arithmetic}-planes-${works[0]?.features ?? 0}`,
      errorBound: directBound(lowered),
      cost: works.reduce((sum, work) => sum + costOf(lowered, work, adapter), 0),
      compiling: compilingCost(adapter, works.slice(0, 1).map(textOf), true),
      reason: 'planes: what a tile of outputs meets is staged in workgroup memory',
      bind: (binding) => works.map((work) => dispatchOf(lowered, work, binding)),
    };
  },
});

function workOf({ geometry }: RealConv, phase: Phase): Work {
  const loops = loopsOf(geometry, phase);
  const [lineIndex, rowIndex] = byStride(geometry);
  const [line, row] = [tiled(loops.spatial[lineIndex], PLANES_TILE[0]), tiled(loops.spatial[rowIndex], PLANES_TILE[1])];
  const outside = loopsAround(loops, lineIndex, rowIndex);
  const features = Math.min(FEATURES, geometry.outFeatures);
  return {
    phase,
    line,
    row,
    outside,
    tiles: outside.reduce((product, { count }) => product * count, line.tiles * row.tiles),
    features,
    blocks: Math.ceil(geometry.outFeatures / features),
  };
}

function tiled(loop: Loop, positions: number): TiledLoop {
  return {
    ...loop,
    tiles: Math.ceil(loop.count / positions),
    staged: (positions - 1) * loop.step + (loop.taps - 1) * loop.tapStep + 1,
  };
}

/** Of the shader. */
function textOf({ features }: Work): ShaderText {
  const outputs = PLANES_TILE[0] / PLANES_GROUP[0];
  return { accesses: 2 + outputs + features + features * outputs, operations: features * outputs };
}

function costOf({ geometry, stored }: RealConv, work: Work, adapter: AdapterFacts): number {
  const { line, row, outside, tiles, features, blocks } = work;
  const { dispatch, load, madd, barrier, near, line: lineSize } = costsOf(adapter);
  const planesOfTile = outside.reduce((product, { taps }) => product * taps, 1);
  const workgroups = tiles * blocks * geometry.groups;
  const outputs = PLANES_TILE[0] * PLANES_TILE[1];
  const staged = workgroups * planesOfTile * line.staged * row.staged;
  const products = workgroups * planesOfTile * outputs * line.taps * row.taps * features;
  const stores = workgroups * outputs * features;
  const reads = products / features + (products * PLANES_GROUP[0]) / PLANES_TILE[0];
  const staging = staged * Math.min(lineSize, line.xStride);
  const converting = staged * conversionCost(adapter, stored.lhs) + stores * conversionCost(adapter, stored.out);
  const barriers = 2 * workgroups * planesOfTile;
  return dispatch + barriers * barrier + ((staging + stores) * load + reads * near + products * madd + converting) / 1e6;
}

function dispatchOf(lowered: RealConv, work: Work, binding: Binding): Dispatch {
  const { geometry, arithmetic } = lowered;
  const { line, row, outside, tiles, features, blocks } = work;
  const { lhs, rhs, out } = geometry;
  const values = {
    tiles,
    width: line.staged,
    staged: line.staged * row.staged,
    blocks,
    groupFeatures: geometry.outFeatures,
    xOffset: lhs.offset,
    xGroup: lhs.group,
    yGroup: out.group,
    yFeature: out.inner,
    wGroup: rhs.group,
    wFeature: rhs.outer,
    ...offsetsOf(geometry, work.phase),
    ...prefixed('line', line),
    ...prefixed('row', row),
    ...numbered(outside, LOOP),
  };
  return {
    shader: {
      name: `${arithmetic}-planes-${features}`,
      code: planesWgsl({ rank: outside.length, features, elements: elementsOf(lowered), isOne: isOneIn(values) }),
    },
    buffers: [binding.lhs, binding.rhs, binding.out, binding.constant(parameterBlock(planesParameters(outside.length), values))],
    workgroups: [gridOf(tiles)[0], blocks * geometry.groups, 1],
  };
}
