/** The grid of kernels that walk on by its width: it never needs to be longer than a device allows, nor than is good. */

/** What every device allows along an axis. */
const LONGEST = 65_535;
/** Elements of an invocation that does little with each: where a shader runs on a CPU, starting a workgroup takes a third of a microsecond. */
const WALK = 16;

/** Workgroups for `count` of them, or as many as a row may have, in each of `groups`. */
export function gridOf(count: number, groups = 1): readonly [number, number, number] {
  return [Math.min(count, LONGEST), 1, groups];
}

/** Workgroups of `size` invocations that do little with each of `total` elements. */
export function lightGrid(total: number, size: number): readonly [number, number, number] {
  return gridOf(Math.ceil(total / (WALK * size)));
}

/** Of `count` workgroups, beside `others` like them: so many that there are about `enough` altogether, each with the same part of them. */
export function shared(count: number, others: number, enough: number): number {
  const each = Math.max(1, Math.floor((count * others) / enough));
  return Math.min(LONGEST, Math.ceil(count / Math.min(count, each)));
}
