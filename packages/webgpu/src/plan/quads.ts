/** Quadruples: four neighbours that are loaded or stored at once, from a multiple of 4 on. */

/** Whether all of `elements` are whole quadruples. */
export function areQuads(...elements: readonly number[]): boolean {
  return elements.every((count) => count % 4 === 0);
}

/** Whether loops lead from the beginning of a quadruple to that of another. */
export function leadToQuads(loops: readonly (readonly [count: number, stride: number])[]): boolean {
  return loops.every(([count, stride]) => count === 1 || areQuads(stride));
}
