/** Workgroups in a row, as a grid: no axis of a dispatch may be longer than the device's limit. */

/** At least `count` workgroups, row by row; a shader counts them as id.x + id.y · grid.x. */
export function folded(count: number, limit: number): readonly [number, number, number] {
  const rows = Math.max(1, Math.ceil(count / limit));
  return [Math.ceil(count / rows), rows, 1];
}
