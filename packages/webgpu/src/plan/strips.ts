/** Strips: planes convolved by small windows, one input feature to an output. Each phase is a dispatch. */
import type { Piece } from '@laxconv/api/backend';
import { isStoredAs } from '../lower/arithmetic.ts';
import type { Phase } from '../lower/lower.ts';
import { isOneIn, parameterBlock } from '../wgsl/parameters.wgsl.ts';
import {
  hasWeightsInMemory,
  openRows,
  STRIPS_GROUP,
  stripsParameters,
  stripsWgsl,
  subRowsOf,
  type RowSteps,
  type StripsShape,
} from '../wgsl/strips.wgsl.ts';
import { sharedWeights } from '../wgsl/lanes.wgsl.ts';
import { windowOf, type WindowShape } from '../wgsl/window.wgsl.ts';
import type { AdapterFacts, Algorithm, Binding, Candidate, Dispatch } from './algorithm.ts';
import { cheapest } from './cheapest.ts';
import { compilingCost, conversionCost, costsOf, loadsOf, type ShaderText } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { numbered, prefixed } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import { lanesOfOne } from './lanes-of-one.ts';
import { byStride, canStoreQuads, lineAxis, windowShape, type LineAxis } from './line-axis.ts';
import { loopsOf } from './loops.ts';
import { offsetsOf } from './offsets.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';

/** Output positions of a strip's width: more share more of what they load, and compile for longer. */
export const WIDTHS = [8, 4];
/** Taps of a window beyond which the shader's text, and its sums, are out of proportion. */
const MOST_TAPS = 64;
const MOST_SIDE = 12;
/** Strips are as tall as leaves so many of them to share out. */
const ENOUGH = { cpu: 512, gpu: 32_768 };

/** One phase, planned. */
interface Work extends Pick<StripsShape, 'storesQuads' | 'lanes'>, WindowShape, RowSteps {
  readonly phase: Phase;
  readonly line: LineAxis;
  readonly row: LineAxis;
  readonly height: number;
}

/** Strips in whichever of `widths` is cheapest. */
export function stripsIn(widths: readonly number[]): Algorithm {
  return inReals({
    name: 'strips',
    consider(lowered, adapter) {
      const { geometry, phases } = lowered;
      if (geometry.inFeatures > 1) return 'several input features to an output';
      if (geometry.spatial.length < 2) return 'no plane';
      const reason = phases.map((phase) => whyNot(lowered, phase)).find((why) => why !== undefined);
      return reason ?? cheapest(widths.map((outputs) => candidate(lowered, adapter, outputs)));
    },
  });
}

/** The algorithm. */
export const strips = stripsIn(WIDTHS);

function candidate(lowered: RealConv, adapter: AdapterFacts, outputs: number): Candidate {
  const works = lowered.phases.map((phase) => workOf(lowered, phase, adapter, outputs));
  return {
    kernel: `${lowered.arithmetic}-strips-${outputs}`,
    errorBound: directBound(lowered),
    cost: works.reduce((sum, work) => sum + costOf(lowered, work, adapter), 0),
    compiling: compilingCost(adapter, works.map(textOf), false),
    reason: 'strips: each input element is loaded once for all rows of the window',
    bind: (binding) => works.map((work) => dispatchOf(lowered, work, binding)),
  };
}

/** Why strips are not for `phase`. */
function whyNot({ geometry }: RealConv, phase: Phase): string | undefined {
  const [lineIndex, rowIndex, ...around] = byStride(geometry);
  if (around.some((d) => phase[d].taps > 1)) return 'a window in more than two dimensions';
  const [columns, rows] = [phase[lineIndex].taps, phase[rowIndex].taps];
  const isFree = ({ origin, count, xStep }: Piece, d: number): boolean =>
    origin >= 0 && origin + (count - 1) * xStep < geometry.spatial[d].input;
  if (!around.every((d) => isFree(phase[d], d))) return 'padding around the planes';
  if (columns * rows > MOST_TAPS || Math.max(columns, rows) > MOST_SIDE) return 'a large window';
  const { step, tapStep } = lineAxis(geometry, phase, rowIndex, phase[rowIndex].count);
  if (openRows({ rows, rowStep: step, rowTapStep: tapStep }) > MOST_SIDE) return 'a window whose rows lie far apart';
  return undefined;
}

function workOf({ geometry, stored, arithmetic }: RealConv, phase: Phase, adapter: AdapterFacts, outputs: number): Work {
  const [lineIndex, rowIndex, ...around] = byStride(geometry);
  const rows = phase[rowIndex].taps;
  const line = lineAxis(geometry, phase, lineIndex, outputs);
  const whole = lineAxis(geometry, phase, rowIndex, phase[rowIndex].count);
  const rowsOfClass = Math.ceil(phase[rowIndex].count / whole.parameters.classes);
  const walks = around.reduce((product, d) => product * phase[d].count, geometry.batch * geometry.groups * geometry.outFeatures);
  const wanted = Math.max(1, Math.ceil(ENOUGH[adapter.isSoftware ? 'cpu' : 'gpu'] / (walks * line.walks * whole.parameters.classes)));
  const height = Math.max(Math.min(rowsOfClass, 4 * rows), Math.ceil(rowsOfClass / wanted));
  const row = lineAxis(geometry, phase, rowIndex, height);
  return {
    ...windowShape(geometry, line, outputs, phase[lineIndex].taps),
    phase,
    line,
    row,
    height,
    storesQuads: isStoredAs(stored.out, arithmetic) && canStoreQuads(geometry, phase, line),
    lanes: lanesOfOne(geometry, adapter),
    rows,
    rowStep: row.step,
    rowTapStep: row.tapStep,
  };
}

function aroundOf({ geometry }: RealConv, { phase, line, row }: Work): { count: number; xStride: number; yStride: number }[] {
  const { batch, spatial } = loopsOf(geometry, phase);
  const others = [batch, ...spatial.filter((_, d) => d !== line.index && d !== row.index)].filter(({ count }) => count > 1);
  return others.map(({ count, step, xStride, yStride }) => ({ count, xStride: step * xStride, yStride }));
}

/** Of the shader. */
function textOf(work: Work): ShaderText {
  const { outputs, taps, rows, lanes } = work;
  const { registers, size } = windowOf(work);
  const window = loadsOf(subRowsOf(work).length * registers.length, size);
  const weights = hasWeightsInMemory(work) ? 1 : rows * sharedWeights(taps, lanes).registers;
  return { accesses: window + weights + storesOf(work), operations: rows * taps * (outputs + (lanes > 0 ? 1 : 0)) };
}

/** What storing a strip's row costs, in single elements. */
function storesOf({ outputs, storesQuads }: Work): number {
  const size = storesQuads ? 4 : 1;
  return loadsOf(outputs / size, size);
}

/** Invocations of `work`. */
function totalOf(lowered: RealConv, work: Work): number {
  const { groups, outFeatures } = lowered.geometry;
  return aroundOf(lowered, work).reduce((product, { count }) => product * count, groups * outFeatures * work.line.walks * work.row.walks);
}

function costOf(lowered: RealConv, work: Work, adapter: AdapterFacts): number {
  const { outputs, height, rows, taps, lanes } = work;
  const { dispatch, invocation, load, madd } = costsOf(adapter);
  const { registers, size } = windowOf(work);
  const steps = height + openRows(work) - 1;
  const read = steps * subRowsOf(work).length * registers.length;
  const inputs = read * size;
  const loads = loadsOf(read, size) + height * storesOf(work) + rows * sharedWeights(taps, lanes).registers;
  const converting = inputs * conversionCost(adapter, lowered.stored.lhs) + height * outputs * conversionCost(adapter, lowered.stored.out);
  const each = invocation + (loads * load + converting + steps * rows * taps * outputs * madd) / 1e6;
  return dispatch + totalOf(lowered, work) * each;
}

function dispatchOf(lowered: RealConv, work: Work, binding: Binding): Dispatch {
  const { geometry, arithmetic } = lowered;
  const { phase, line, row, outputs, height, rows, taps, lanes } = work;
  const { lhs, rhs, out, groups, outFeatures } = geometry;
  const loops = aroundOf(lowered, work);
  const total = totalOf(lowered, work);
  // Dimensions around the plane have one tap, perhaps not at the first element.
  const xOffset = phase.reduce(
    (sum, { origin }, d) => (d === line.index || d === row.index ? sum : sum + origin * lhs.spatial[d]),
    lhs.offset,
  );
  const values = {
    total,
    height,
    groups,
    groupFeatures: outFeatures,
    xOffset,
    xGroup: lhs.group,
    yGroup: out.group,
    yFeature: out.inner,
    wGroup: rhs.group,
    wFeature: rhs.outer,
    rows,
    registers: sharedWeights(taps, lanes).registers,
    ...offsetsOf(geometry, phase),
    ...prefixed('line', line.parameters),
    ...prefixed('row', row.parameters),
    ...numbered(loops, ['count', 'xStride', 'yStride']),
  };
  const code = stripsWgsl({
    ...work,
    rank: loops.length,
    featuresFirst: out.inner === 1 && groups * outFeatures > 1,
    elements: elementsOf(lowered),
    isOne: isOneIn(values),
  });
  return {
    shader: { name: `${arithmetic}-strips-${outputs}`, code },
    buffers: [binding.lhs, binding.rhs, binding.out, binding.constant(parameterBlock(stripsParameters(loops.length), values))],
    workgroups: gridOf(Math.ceil(total / STRIPS_GROUP)),
  };
}
