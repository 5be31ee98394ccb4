/** Which pack a file of the goldens is in. */

/** `suite`: every call, and the arrays of all families but the notebook's. `notebook`: its arrays, of which the photograph is the largest. */
export const PACKS = ['suite', 'notebook'] as const;
export type PackName = (typeof PACKS)[number];

/** The pack with the file at this path in the folder of the goldens. */
export function packOf(path: string): PackName {
  return path.startsWith('data/seed.') ? 'notebook' : 'suite';
}

/** The name of a pack's file beside the page, and the id of the element that has it inside the page. */
export const packFile = (name: PackName): string => `goldens-${name}.pack`;
export const packElement = (name: PackName): string => `goldens-${name}`;
