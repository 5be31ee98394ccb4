/** The generated parts of a document: what stands between a pair of markers is the scripts', the rest is written by hand. */

const END = '<!-- end of the generated part -->';

function begin(name: string, script: string): string {
  return `<!-- generated: ${name} (${script}; do not edit) -->`;
}

/** `text` with the block called `name`, which `script` makes, replaced. @throws Error when the document has no such block, or more than one. */
export function withBlock(text: string, name: string, content: string, script = 'scripts/update-semantics.ts'): string {
  const marker = begin(name, script);
  const parts = text.split(marker);
  if (parts.length !== 2) throw new Error(`the document has ${parts.length - 1} blocks that begin with ${marker}`);
  const end = parts[1].indexOf(END);
  if (end < 0) throw new Error(`the block ${name} has no end: ${END}`);
  return `${parts[0]}${marker}\n\n${content.trim()}\n\n${parts[1].slice(end)}`;
}

/** A Markdown table. Cells hold no line breaks; bars in them are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
