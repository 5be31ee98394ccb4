/** A cell's TypeScript as the page shows it: the marked part of the file that runs. */

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
