/** A spatial dimension as a line that kernels walk along: classes of positions that share inputs, parts of so many positions, and units. */
import { gcd, type ConvGeometry, type Piece } from '@laxconv/api/backend';
import type { LINE } from '../wgsl/lines.wgsl.ts';
import { windowOf, type WindowShape } from '../wgsl/window.wgsl.ts';
import { loadsOf } from './costs.ts';
import { offsetsOf } from './offsets.ts';
import { areQuads, leadToQuads } from './quads.ts';

/** A dimension of `phase`, in parts. The input elements of a class are `unit` apart; an output moves by `step` of them, a tap by `tapStep`. */
export interface LineAxis {
  readonly index: number;
  readonly step: number;
  readonly tapStep: number;
  /** Parts of all classes. */
  readonly walks: number;
  /** The numbered parameters of the axis. */
  readonly parameters: Readonly<Record<(typeof LINE)[number], number>>;
}

/** Dimension `index` in parts of `outputs` positions. */
export function lineAxis(geometry: ConvGeometry, phase: readonly Piece[], index: number, outputs: number): LineAxis {
  const { lhs, rhs, out, spatial } = geometry;
  const { step, count, origin, xStep, taps, tapStep, wStep } = phase[index];
  const isAligned = tapStep % xStep === 0;
  const unit = isAligned ? tapStep : gcd(xStep, tapStep);
  const classes = isAligned ? Math.min(count, tapStep / xStep) : 1;
  const parts = Math.ceil(Math.ceil(count / classes) / outputs);
  return {
    index,
    step: isAligned ? 1 : xStep / unit,
    tapStep: isAligned ? 1 : tapStep / unit,
    walks: parts * classes,
    parameters: {
      parts,
      classes,
      count,
      origin,
      classStep: xStep,
      unit,
      size: spatial[index].input,
      taps,
      xStride: lhs.spatial[index],
      yStride: step * out.spatial[index],
      wStride: wStep * rhs.spatial[index],
    },
  };
}

/** Spatial dimensions from the one whose elements lie next to each other in lhs outwards. */
export function byStride({ lhs }: ConvGeometry): number[] {
  return lhs.spatial.map((_, d) => d).toSorted((a, b) => lhs.spatial[a] - lhs.spatial[b]);
}

/** The window of a part of `outputs` positions and `taps` of `line`: in quadruples if these are fewer to load. */
export function windowShape(geometry: ConvGeometry, line: LineAxis, outputs: number, taps: number): WindowShape {
  const { step, tapStep } = line;
  const single = { outputs, taps, step, tapStep };
  const quads = { ...single, shift: shiftOf(geometry, line, outputs) };
  const [loads, loadsOfQuads] = [single, quads].map(windowOf).map(({ registers, size }) => loadsOf(registers.length, size));
  return loadsOfQuads < loads ? quads : single;
}

/**
 * Elements from the beginning of a quadruple of lhs to the first that a part of `outputs` positions meets, where the line can be read in
 * quadruples (windowOf): all its windows begin at the same place of one, and no quadruple lies in a row and in padding.
 */
function shiftOf(
  { lhs, batch, groups, inFeatures, spatial }: ConvGeometry,
  { index, parameters }: LineAxis,
  outputs: number,
): number | undefined {
  const { unit, xStride, classes, classStep, size, origin } = parameters;
  const others = spatial.map(({ input }, d) => [d === index ? 1 : input, lhs.spatial[d]] as const);
  const isInRow = unit === 1 && xStride === 1 && classes === 1;
  const isAligned =
    areQuads(size, outputs * classStep, lhs.offset) &&
    leadToQuads([[batch, lhs.outer], [groups, lhs.group], [inFeatures, lhs.inner], ...others]);
  return isInRow && isAligned ? ((origin % 4) + 4) % 4 : undefined;
}

/** Whether a phase's part of the result can be written in quadruples of a line: they lie side by side, and none is cut off. */
export function canStoreQuads(geometry: ConvGeometry, phase: readonly Piece[], { index, parameters }: LineAxis): boolean {
  const { out, batch, groups, outFeatures } = geometry;
  const { count, yStride, classes } = parameters;
  const others = phase.map((piece, d) => [d === index ? 1 : piece.count, piece.step * out.spatial[d]] as const);
  const isInRow = yStride === 1 && classes === 1;
  const isAligned =
    areQuads(count, offsetsOf(geometry, phase).yOffset) &&
    leadToQuads([[batch, out.outer], [groups, out.group], [outFeatures, out.inner], ...others]);
  return isInRow && isAligned;
}
