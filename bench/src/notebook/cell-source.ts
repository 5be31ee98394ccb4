/** A cell's source as the page shows it: the Python of the notebook, and of the TypeScript the marked part of the file that runs. */
import { readFile } from 'node:fs/promises';

/** Beside the sources, also when this runs from dist: what is shown is the file that was compiled. */
const CELLS = new URL('../../src/notebook/cells/', import.meta.url);

export async function readCellSource(file: string): Promise<{ readonly python: string; readonly typescript: string }> {
  const [python, typescript] = await Promise.all([
    readFile(new URL(`${file}.py`, CELLS), 'utf8'),
    readFile(new URL(`${file}.ts`, CELLS), 'utf8'),
  ]);
  return { python: python.trim(), typescript: regionsOf(typescript) };
}

/** The lines between `// #region cell` and `// #endregion`, each region moved to the left margin. */
export function regionsOf(source: string): string {
  const regions = [...source.matchAll(/^ *\/\/ #region cell\n(.*?)^ *\/\/ #endregion/gms)].map(([, body]) => dedent(body));
  if (regions.length === 0) throw new Error('a cell file marks what is shown by // #region cell and // #endregion');
  return regions.join('').trim();
}

function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...indents);
  return lines.map((line) => line.slice(margin)).join('\n');
}
