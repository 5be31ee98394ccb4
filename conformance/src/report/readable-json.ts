/** JSON for a person. */

/** JSON with one line for each list of scalars: shapes and paddings are read as such. */
export function readableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(
    /\[\n\s+([^[\]{}]*?)\n\s+\]/g,
    (_, items: string) => `[${items.replaceAll(/\n\s+/g, ' ')}]`,
  );
}
