/** Strips: planes convolved by small windows, one input feature to an output. Each phase is a dispatch. */
import type { Piece } from '@laxconv/api/backend';
import type { Phase } from '../lower/lower.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import {
  hasWeightsInMemory,
  openRows,
  STRIPS_GROUP,
  stripsParameters,
  stripsWgsl,
  subRowsOf,
  weightRegisters,
  type RowSteps,
} from '../wgsl/strips.wgsl.ts';
import type { AdapterFacts, Binding, Dispatch } from './algorithm.ts';
import { compilingCost, conversionCost, costsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered, prefixed } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import { byStride, lineAxis, windowLength, type LineAxis } from './line-axis.ts';
import { loopsOf } from './loops.ts';
import { offsetsOf } from './offsets.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';

/** Output positions of a strip's width, of a phase that is that wide. */
const OUTPUTS = 8;
/** Taps of a window beyond which the shader's text, and its sums, are out of proportion. */
const MOST_TAPS = 64;
const MOST_SIDE = 12;
/** Strips are as tall as leaves so many of them to share out. */
const ENOUGH = { cpu: 512, gpu: 32_768 };

interface Work {
  readonly phase: Phase;
  readonly line: LineAxis;
  readonly row: LineAxis;
  readonly outputs: number;
  readonly height: number;
}

/** The algorithm. */
export const strips = inReals({
  name: 'strips',
  consider(lowered, adapter) {
    const { arithmetic, geometry, phases } = lowered;
    if (geometry.inFeatures > 1) return 'several input features to an output';
    if (geometry.spatial.length < 2) return 'no plane';
    const works = phases.map((phase) => workOf(lowered, phase, adapter));
    const planned = works.filter((work) => typeof work !== 'string');
    const reason = works.find((work) => typeof work === 'string');
    if (typeof reason === 'string') return reason;
    return {
      kernel: `${arithmetic}-strips-${planned[0]?.outputs ?? 0}`,
      errorBound: directBound(lowered),
      cost: planned.reduce((sum, work) => sum + costOf(lowered, work, adapter), 0),
      compiling: compilingCost(
        adapter,
        planned.map((work) => textOf(work, lanesOf(lowered, adapter))),
        false,
      ),
      reason: 'strips: each input element is loaded once for all rows of the window',
      bind: (binding) => planned.map((work) => dispatchOf(lowered, work, adapter, binding)),
    };
  },
});

function workOf({ geometry }: RealConv, phase: Phase, adapter: AdapterFacts): Work | string {
  const [lineIndex, rowIndex, ...around] = byStride(geometry);
  if (around.some((d) => phase[d].taps > 1)) return 'a window in more than two dimensions';
  const [columns, rows] = [phase[lineIndex].taps, phase[rowIndex].taps];
  const isFree = ({ origin, count, xStep }: Piece, d: number): boolean =>
    origin >= 0 && origin + (count - 1) * xStep < geometry.spatial[d].input;
  if (!around.every((d) => isFree(phase[d], d))) return 'padding around the planes';
  if (columns * rows > MOST_TAPS || Math.max(columns, rows) > MOST_SIDE) return 'a large window';
  const outputs = phase[lineIndex].count < OUTPUTS ? 4 : OUTPUTS;
  const line = lineAxis(geometry, phase, lineIndex, outputs);
  const whole = lineAxis(geometry, phase, rowIndex, phase[rowIndex].count);
  if (openRows({ rows, rowStep: whole.step, rowTapStep: whole.tapStep }) > MOST_SIDE) return 'a window whose rows lie far apart';
  const rowsOfClass = Math.ceil(phase[rowIndex].count / whole.parameters.classes);
  const walks = around.reduce((product, d) => product * phase[d].count, geometry.batch * geometry.groups * geometry.outFeatures);
  const wanted = Math.max(1, Math.ceil(ENOUGH[adapter.isSoftware ? 'cpu' : 'gpu'] / (walks * line.walks * whole.parameters.classes)));
  const height = Math.max(Math.min(rowsOfClass, 4 * rows), Math.ceil(rowsOfClass / wanted));
  return { phase, line, row: lineAxis(geometry, phase, rowIndex, height), outputs, height };
}

function aroundOf({ geometry }: RealConv, { phase, line, row }: Work): { count: number; xStride: number; yStride: number }[] {
  const { batch, spatial } = loopsOf(geometry, phase);
  const others = [batch, ...spatial.filter((_, d) => d !== line.index && d !== row.index)].filter(({ count }) => count > 1);
  return others.map(({ count, step, xStride, yStride }) => ({ count, xStride: step * xStride, yStride }));
}

function rowSteps({ phase, row }: Work): RowSteps {
  return { rows: phase[row.index].taps, rowStep: row.step, rowTapStep: row.tapStep };
}

/** Lanes that share a row of weights: one plane has them alone. */
function lanesOf({ geometry }: RealConv, adapter: AdapterFacts): number {
  return geometry.groups * geometry.outFeatures === 1 ? (adapter.subgroupSize ?? 0) : 0;
}

/** Of the shader. */
function textOf(work: Work, lanes: number): ShaderText {
  const { phase, line, row, outputs } = work;
  const [columns, rows] = [phase[line.index].taps, phase[row.index].taps];
  const window = subRowsOf(rowSteps(work)).length * windowLength(line, outputs, columns);
  const loads = hasWeightsInMemory({ rows, columns, lanes }) ? 1 : rows * weightRegisters(columns, lanes);
  return { accesses: window + loads + outputs, operations: rows * columns * (outputs + 1) };
}

/** Invocations of `work`. */
function totalOf(lowered: RealConv, work: Work): number {
  const { groups, outFeatures } = lowered.geometry;
  return aroundOf(lowered, work).reduce((product, { count }) => product * count, groups * outFeatures * work.line.walks * work.row.walks);
}

function costOf(lowered: RealConv, work: Work, adapter: AdapterFacts): number {
  const { phase, line, row, outputs, height } = work;
  const { dispatch, invocation, load, madd } = costsOf(adapter);
  const [columns, rows] = [phase[line.index].taps, phase[row.index].taps];
  const steps = height + openRows(rowSteps(work)) - 1;
  const inputs = steps * subRowsOf(rowSteps(work)).length * windowLength(line, outputs, columns);
  const loads = inputs + height * outputs + rows * columns;
  const converting = inputs * conversionCost(adapter, lowered.stored.lhs) + height * outputs * conversionCost(adapter, lowered.stored.out);
  const each = invocation + (loads * load + converting + steps * rows * columns * outputs * madd) / 1e6;
  return dispatch + totalOf(lowered, work) * each;
}

function dispatchOf(lowered: RealConv, work: Work, adapter: AdapterFacts, binding: Binding): Dispatch {
  const { geometry, arithmetic } = lowered;
  const { phase, line, row, outputs, height } = work;
  const { lhs, rhs, out, groups, outFeatures } = geometry;
  const loops = aroundOf(lowered, work);
  const total = totalOf(lowered, work);
  const features = groups * outFeatures;
  const lanes = lanesOf(lowered, adapter);
  // Dimensions around the plane have one tap, perhaps not at the first element.
  const xOffset = phase.reduce(
    (sum, { origin }, d) => (d === line.index || d === row.index ? sum : sum + origin * lhs.spatial[d]),
    lhs.offset,
  );
  const parameters = parameterBlock(stripsParameters(loops.length), {
    total,
    height,
    features,
    groupFeatures: outFeatures,
    xOffset,
    xGroup: lhs.group,
    yGroup: out.group,
    yFeature: out.inner,
    wGroup: rhs.group,
    wFeature: rhs.outer,
    rows: phase[row.index].taps,
    registers: weightRegisters(phase[line.index].taps, lanes),
    ...offsetsOf(geometry, phase),
    ...prefixed('line', line.parameters),
    ...prefixed('row', row.parameters),
    ...numbered(loops, ['count', 'xStride', 'yStride']),
  });
  const code = stripsWgsl({
    rank: loops.length,
    outputs,
    columns: phase[line.index].taps,
    step: line.step,
    tapStep: line.tapStep,
    ...rowSteps(work),
    featuresFirst: out.inner === 1 && features > 1,
    lanes,
    elements: elementsOf(lowered),
  });
  return {
    shader: { name: `${arithmetic}-strips-${outputs}`, code },
    buffers: [binding.lhs, binding.rhs, binding.out, binding.constant(parameters)],
    workgroups: gridOf(Math.ceil(total / STRIPS_GROUP)),
  };
}
