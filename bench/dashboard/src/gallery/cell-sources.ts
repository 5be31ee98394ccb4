/** The programs of the notebook's cells as text: JAX's Python, and of the TypeScript the part that is shown. */
import { regionsOf } from '../../../src/notebook/cell-source.ts';

const CELLS = '../../../src/notebook/cells/';
const FILES = import.meta.glob<string>('../../../src/notebook/cells/*.{py,ts}', { query: '?raw', import: 'default', eager: true });

/** The sources of the cell whose files have this name. */
export function cellSources(file: string): { readonly python: string; readonly typescript: string } {
  return { python: sourceOf(`${file}.py`).trim(), typescript: regionsOf(sourceOf(`${file}.ts`)) };
}

function sourceOf(name: string): string {
  const text = FILES[CELLS + name];
  if (text === undefined) throw new Error(`the page was built without ${name}`);
  return text;
}
