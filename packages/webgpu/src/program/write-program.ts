/** A candidate's kernel with the conversions around it: from operands as they are stored, to the result as it is stored. */
import { DTYPES, sizeOf, type TensorSpec } from '@laxconv/api/backend';
import type { AdapterFacts } from '../device/adapter-facts.ts';
import { DTYPE_OF, isStoredAs } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { Candidate } from '../plan/algorithm.ts';
import { castDispatch } from './copy.ts';
import type { Dispatch } from './dispatch.ts';
import { Slot, Slots } from './slots.ts';

/** The dispatches of a run, and the parts that they work on. */
export function writeProgram(
  { problem, arithmetic }: LoweredConv,
  candidate: Candidate,
  { maxWorkgroups }: AdapterFacts,
): { readonly slots: Slots; readonly dispatches: readonly Dispatch[] } {
  const slots = new Slots();
  const { constant } = slots;
  const computed = DTYPE_OF[arithmetic];
  const computedBytes = (spec: TensorSpec): number => sizeOf(spec.shape) * DTYPES[computed].itemsize;
  const before: Dispatch[] = [];
  const after: Dispatch[] = [];

  let lhs = new Slot('lhs', 0, storedBytes(problem.lhs));
  if (!isStoredAs(problem.lhs.dtype, arithmetic)) {
    const [source, target] = [lhs, slots.scratch(computedBytes(problem.lhs))];
    before.push(castDispatch(problem.lhs.dtype, computed, sizeOf(problem.lhs.shape), { source, target, constant, maxWorkgroups }));
    lhs = target;
  }
  let rhs = new Slot('rhs', 0, storedBytes(problem.rhs));
  if (!isStoredAs(problem.rhs.dtype, arithmetic)) {
    const source = rhs;
    rhs = slots.packed(computedBytes(problem.rhs), (target) => [
      castDispatch(problem.rhs.dtype, computed, sizeOf(problem.rhs.shape), { source, target, constant, maxWorkgroups }),
    ]);
  }
  let out = new Slot('out', 0, storedBytes(problem.out));
  if (!isStoredAs(problem.out.dtype, arithmetic)) {
    const [source, target] = [slots.scratch(computedBytes(problem.out)), out];
    after.push(castDispatch(computed, problem.out.dtype, sizeOf(problem.out.shape), { source, target, constant, maxWorkgroups }));
    out = source;
  }
  const { scratch, zeros, packed } = slots;
  const kernel = candidate.bind({ lhs, rhs, out, scratch, zeros, constant, packed });
  return { slots, dispatches: [...before, ...kernel, ...after] };
}

/** Bytes of a tensor as it is stored, without what fills up its last word. */
export function storedBytes({ shape, dtype }: TensorSpec): number {
  return sizeOf(shape) * DTYPES[dtype].itemsize;
}
