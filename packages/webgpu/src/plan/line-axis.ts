/** A spatial dimension as a line that kernels walk along: classes of positions that share inputs, parts of so many positions, and units. */
import { gcd, type ConvGeometry, type Piece } from '@laxconv/api/backend';
import type { LINE } from '../wgsl/lines.wgsl.ts';

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

/** What a part of a line loads: the elements that its windows meet, each once. */
export function windowLength({ step, tapStep }: LineAxis, outputs: number, taps: number): number {
  return Math.min(outputs * taps, (outputs - 1) * step + (taps - 1) * tapStep + 1);
}
