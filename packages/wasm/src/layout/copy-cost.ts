/** What a strided copy costs, by constants that were measured (docs/adding-a-kernel.md). */
import { joinedAxes, type CopyAxis } from './axis.ts';

/** Microseconds: of a row, of a byte copied in bulk, of an element moved by a transposition, and of a byte of one moved by itself. */
const ROW = 0.006;
const BULK_BYTE = 0.00005;
const TRANSPOSED = 0.0005;
const SINGLE_BYTE = 0.00025;

/** Microseconds of `bytes` zeros. */
export function fillCost(bytes: number): number {
  return ROW + bytes * BULK_BYTE;
}

/** Microseconds of a copy of elements of `bytes` bytes along `axes`. */
export function copyCost(axes: readonly CopyAxis[], bytes: number): number {
  const joined = joinedAxes(axes);
  const inner = joined.at(-1);
  if (inner === undefined) return ROW;
  const elements = joined.reduce((product, { count }) => product * count, 1);
  if (inner.source === 1 && inner.target === 1) return (elements / inner.count) * ROW + elements * bytes * BULK_BYTE;
  const isTransposed = bytes === 4 && inner.target === 1 && joined.some(({ source, size }) => source === 1 && size > 3);
  return elements * (isTransposed ? TRANSPOSED : bytes * SINGLE_BYTE);
}
