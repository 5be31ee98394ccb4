/** The programs that the gallery shows. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from './code-pieces.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'src', 'notebook', 'cells');

export function notebookSources(): readonly { readonly name: string; readonly code: string; readonly language: Language }[] {
  return readdirSync(FOLDER).map((name) => ({
    name,
    code: readFileSync(path.join(FOLDER, name), 'utf8'),
    language: name.endsWith('.py') ? 'python' : 'typescript',
  }));
}
