/** A candidate's run as a program: dispatches, and the parts that they work on. */
import { DTYPES, sizeOf, type ConvProblem, type TensorSpec } from '@laxconv/api/backend';
import type { Candidate } from '../plan/algorithm.ts';
import type { Dispatch } from './dispatch.ts';
import { Slot, Slots } from './slots.ts';

/** The dispatches of a run of `candidate`. */
export function writeProgram(
  { lhs, rhs, out }: ConvProblem,
  candidate: Candidate,
): { readonly slots: Slots; readonly dispatches: readonly Dispatch[] } {
  const slots = new Slots();
  const { scratch, zeros, constant, packed } = slots;
  const slotOf = (kind: 'lhs' | 'rhs' | 'out', spec: TensorSpec): Slot => new Slot(kind, 0, storedBytes(spec));
  const operands = { lhs: slotOf('lhs', lhs), rhs: slotOf('rhs', rhs), out: slotOf('out', out) };
  return { slots, dispatches: candidate.bind({ ...operands, scratch, zeros, constant, packed }) };
}

/** Bytes of a tensor as it is stored, without what fills up its last word. */
export function storedBytes({ shape, dtype }: TensorSpec): number {
  return sizeOf(shape) * DTYPES[dtype].itemsize;
}
