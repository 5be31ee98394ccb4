/** Where a phase begins in the result and in the weights, in elements. */
import type { ConvGeometry } from '@laxconv/api/backend';
import type { Phase } from '../lower/lower.ts';

/** Offsets of the first output position, and of the first tap. */
export function offsetsOf({ rhs, out }: ConvGeometry, phase: Phase): { readonly yOffset: number; readonly wOffset: number } {
  return {
    yOffset: phase.reduce((sum, { start }, d) => sum + start * out.spatial[d], out.offset),
    wOffset: phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset),
  };
}
