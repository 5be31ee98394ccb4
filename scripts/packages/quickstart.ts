/**
 * A README's first code block as a program, and what it says that it prints: the comment behind each `console.log`.
 */
import { readFileSync } from 'node:fs';
import { SetupError } from '../setup/say.mjs';

export interface Quickstart {
  readonly code: string;
  /** Without spaces, in order. */
  readonly prints: readonly string[];
}

/** Reads the first block of JavaScript or TypeScript that imports laxconv. */
export function readQuickstart(readme: string): Quickstart {
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/^```(?:js|ts|javascript|typescript)\n(.*?)^```/gms)].map(
    (match) => match[1] ?? '',
  );
  const code = blocks.find((block) => block.includes("from 'laxconv'"));
  if (code === undefined) throw new SetupError(`${readme} has no quickstart: a block of JavaScript that imports laxconv.`, 1);
  const prints = [...code.matchAll(/console\.log\(.*\);?\s*\/\/\s*(.*)$/gm)].map((match) => withoutSpaces(match[1] ?? ''));
  if (prints.length === 0) throw new SetupError(`the quickstart of ${readme} prints nothing that a comment states.`, 1);
  return { code, prints };
}

/** Node and browsers space an array differently. */
export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** Compares, and says where the README is wrong. */
export function checkPrinted(where: string, printed: readonly string[], { prints }: Quickstart): void {
  const got = printed.map(withoutSpaces);
  if (got.length === prints.length && got.every((line, index) => line === prints[index])) return;
  throw new SetupError(`the quickstart ${where} printed ${JSON.stringify(got)}, and its comments say ${JSON.stringify(prints)}.`, 1);
}
