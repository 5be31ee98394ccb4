/** Lines: for few features on either side, any window, any rank. Each phase is a dispatch. */
import type { Phase } from '../lower/lower.ts';
import { leadOf, LINES_GROUP, linesParameters, linesWgsl, type LinesShape } from '../wgsl/lines.wgsl.ts';
import { LOOP } from '../wgsl/loop.wgsl.ts';
import { isOneIn, parameterBlock } from '../wgsl/parameters.wgsl.ts';
import { sharedWeights } from '../wgsl/lanes.wgsl.ts';
import { windowOf, type WindowShape } from '../wgsl/window.wgsl.ts';
import type { AdapterFacts, Algorithm, Binding, Candidate, Dispatch } from './algorithm.ts';
import { cheapest } from './cheapest.ts';
import { compilingCost, conversionCost, costsOf, loadsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered, prefixed } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import { lanesOfOne } from './lanes-of-one.ts';
import { byStride, lineAxis, windowShape, type LineAxis } from './line-axis.ts';
import { loopsAround, loopsOf } from './loops.ts';
import { offsetsOf } from './offsets.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';

/** How much an invocation does: sums, of so many features at most, and taps beyond which a line is walked in chunks, of so many: quadruples. */
export interface Block {
  readonly sums: number;
  readonly features: number;
  readonly chunk: number;
}

/** The large one loads less for each product, the small one compiles in a third of the time. */
export const BLOCKS: readonly Block[] = [
  { sums: 16, features: 4, chunk: 8 },
  { sums: 4, features: 2, chunk: 4 },
];

/** One phase, planned; what it unrolls is a window. */
interface Work extends WindowShape, Pick<LinesShape, 'features' | 'isWhole' | 'lanes'> {
  readonly phase: Phase;
  readonly line: LineAxis;
}

/** Lines in whichever of `blocks` is cheapest. */
export function linesIn(blocks: readonly Block[]): Algorithm {
  return inReals({
    name: 'lines',
    consider(lowered, adapter) {
      if (lowered.geometry.spatial.length === 0) return 'no spatial dimension';
      return cheapest(blocks.map((block) => candidate(lowered, adapter, block)));
    },
  });
}

/** The algorithm. */
export const lines = linesIn(BLOCKS);

function candidate(lowered: RealConv, adapter: AdapterFacts, block: Block): Candidate {
  const { arithmetic, phases } = lowered;
  const works = phases.map((phase) => workOf(lowered, phase, adapter, block));
  return {
    kernel: `${arithmetic}-lines-${works.map(({ features, outputs }) => `${features}x${outputs}`)[0] ?? 'none'}`,
    errorBound: directBound(lowered),
    cost: works.reduce((sum, work) => sum + costOf(lowered, work, adapter), 0),
    compiling: compilingCost(
      adapter,
      works.map(textOf),
      // One shader serves all windows that slide, but for where in a quadruple they begin.
      works.every((work) => leadOf(work) > 0),
    ),
    reason: 'lines: neighbouring outputs share what they load',
    bind: (binding) => works.map((work) => dispatchOf(lowered, work, binding)),
  };
}

function workOf({ geometry }: RealConv, phase: Phase, adapter: AdapterFacts, block: Block): Work {
  const features = Math.min(block.features, geometry.outFeatures);
  const outputs = Math.floor(block.sums / features);
  // The longest line among those that lie closest: neighbours in a long one share most.
  const [index] = byStride(geometry).toSorted((a, b) => Number(phase[b].count >= outputs) - Number(phase[a].count >= outputs));
  const line = lineAxis(geometry, phase, index, outputs);
  const taps = Math.min(phase[index].taps, block.chunk);
  return {
    ...windowShape(geometry, line, outputs, taps),
    phase,
    line,
    features,
    isWhole: taps === phase[index].taps,
    lanes: lanesOfOne(geometry, adapter),
  };
}

/** Of the shader. */
function textOf(work: Work): ShaderText {
  const { outputs, features, taps, lanes } = work;
  const { registers, size } = windowOf(work);
  const lead = leadOf(work);
  // Those that lead are loaded by one load in a loop.
  const loads = loadsOf(registers.length - Math.max(0, lead - 1), size);
  return {
    accesses: loads + features * (sharedWeights(taps, lanes).registers + 1),
    operations: taps * features * (outputs + (lanes > 0 ? 1 : 0)),
  };
}

/** Invocations of `work`. */
function totalOf({ geometry }: RealConv, { phase, line, features }: Work): number {
  const around = phase.reduce((product, { count }, d) => (d === line.index ? product : product * count), geometry.batch);
  return around * line.walks * geometry.groups * Math.ceil(geometry.outFeatures / features);
}

function costOf(lowered: RealConv, work: Work, adapter: AdapterFacts): number {
  const { phase, line, features, outputs, taps, lanes } = work;
  const { dispatch, invocation, load, madd } = costsOf(adapter);
  const around = phase.reduce((product, piece, d) => (d === line.index ? product : product * piece.taps), lowered.geometry.inFeatures);
  const chunks = Math.ceil(phase[line.index].taps / taps);
  const { registers, size } = windowOf(work);
  const lead = leadOf(work);
  const read = around * (chunks * (registers.length - lead) + lead);
  const inputs = read * size;
  const loads = loadsOf(read, size) + around * chunks * features * sharedWeights(taps, lanes).registers;
  const products = around * chunks * taps * outputs * features;
  const converting =
    inputs * conversionCost(adapter, lowered.stored.lhs) + outputs * features * conversionCost(adapter, lowered.stored.out);
  const each = invocation + ((loads + outputs * features) * load + converting + products * madd) / 1e6;
  return dispatch + totalOf(lowered, work) * each;
}

function dispatchOf(lowered: RealConv, work: Work, binding: Binding): Dispatch {
  const { geometry, arithmetic } = lowered;
  const { phase, line, features, outputs } = work;
  const { lhs, rhs, out } = geometry;
  const loops = loopsAround(loopsOf(geometry, phase), line.index);
  const total = totalOf(lowered, work);
  const groupBlocks = Math.ceil(geometry.outFeatures / features);
  const values = {
    total,
    outputs,
    lead: leadOf(work),
    groups: geometry.groups,
    groupBlocks,
    groupFeatures: geometry.outFeatures,
    xOffset: lhs.offset,
    xGroup: lhs.group,
    yGroup: out.group,
    yFeature: out.inner,
    wGroup: rhs.group,
    wFeature: rhs.outer,
    ...offsetsOf(geometry, phase),
    ...prefixed('line', line.parameters),
    ...numbered(loops, LOOP),
  };
  const code = linesWgsl({
    ...work,
    rank: loops.length,
    featuresFirst: out.inner === 1 && geometry.groups * geometry.outFeatures > 1,
    elements: elementsOf(lowered),
    isOne: isOneIn(values),
  });
  return {
    shader: { name: `${arithmetic}-lines-${features}x${outputs}`, code },
    buffers: [binding.lhs, binding.rhs, binding.out, binding.constant(parameterBlock(linesParameters(loops.length), values))],
    workgroups: gridOf(Math.ceil(total / LINES_GROUP)),
  };
}
