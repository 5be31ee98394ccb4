/** Text from anywhere as Markdown in which nothing of it is markup. */

/** A table. Cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One line of code. Fenced by more backticks than it holds; a bar would end a table's cell, and a line break the code. */
export function codeText(value: string): string {
  const line = lineText(value).replaceAll('|', String.raw`\|`);
  const fence = fenceFor(line, 1);
  return line.startsWith('`') || line.endsWith('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A block of TypeScript. */
export function fencedText(value: string): string {
  const fence = fenceFor(value, 3);
  return `${fence}ts\n${value.replaceAll(/[^\P{Cc}\n]/gu, ' ')}\n${fence}`;
}

function fenceFor(value: string, least: number): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** The first line, without characters that are not to be seen. */
export function lineText(value: string): string {
  return (
    value
      .split('\n', 1)[0]
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim() || '–'
  );
}
