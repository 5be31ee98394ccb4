/** What is too large for the device, or for the 32 bits that shaders count in: refused, never wrong. */
import { DTYPES, sizeOf, UnsupportedProblemError, type TensorSpec } from '@laxconv/api/backend';
import type { AdapterFacts } from '../device/adapter-facts.ts';
import { NAME } from '../name.ts';
import { DTYPE_OF } from './arithmetic.ts';
import type { LoweredConv } from './lower.ts';

/** Beyond it an invocation behind the last element would have a number that wraps. */
const MOST_ELEMENTS = 2 ** 30;
const MOST_POSITIONS = 2 ** 31;

/** @throws UnsupportedProblemError where a tensor does not fit into one binding, or a position into 32 bits */
export function checkLimits({ problem, geometry, arithmetic }: LoweredConv, facts: AdapterFacts): void {
  const perElement = DTYPES[DTYPE_OF[arithmetic]].itemsize;
  for (const [name, spec] of Object.entries({ lhs: problem.lhs, rhs: problem.rhs, result: problem.out })) {
    const reason = whyTooLarge(name, spec, perElement, facts);
    if (reason !== undefined) throw new UnsupportedProblemError(NAME, reason, problem);
  }
  for (const [d, { output, stride, kernel, rhsDilation, padLow, lhsDilation }] of geometry.spatial.entries()) {
    const reach = (output - 1) * stride + (kernel - 1) * rhsDilation + Math.abs(padLow);
    if (reach < MOST_POSITIONS && lhsDilation < MOST_POSITIONS) continue;
    throw new UnsupportedProblemError(NAME, `spatial dimension ${d} reaches over ${reach} positions, which 32 bits do not count`, problem);
  }
}

/** Why a shader cannot see `spec`, with at least `perElement` bytes for an element; undefined where it can. */
export function whyTooLarge(name: string, { shape, dtype }: TensorSpec, perElement: number, facts: AdapterFacts): string | undefined {
  const elements = sizeOf(shape);
  const bytes = elements * Math.max(perElement, DTYPES[dtype].itemsize);
  if (elements > MOST_ELEMENTS) return `${name} has ${elements} elements, which 32 bits do not count`;
  if (bytes <= facts.maxBindingBytes) return undefined;
  return `${name} of shape [${shape.join(', ')}] takes ${bytes} bytes, and a shader of this device sees at most ${facts.maxBindingBytes}`;
}
