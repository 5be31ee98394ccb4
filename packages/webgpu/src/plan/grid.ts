/** The grid of kernels that walk on by its width: it never needs to be longer than a device allows. */

/** What every device allows along an axis. */
const LONGEST = 65_535;

/** Workgroups for `count` of them, or as many as a row may have, in each of `groups`. */
export function gridOf(count: number, groups = 1): readonly [number, number, number] {
  return [Math.min(count, LONGEST), 1, groups];
}
