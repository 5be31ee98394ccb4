/** `pnpm semantics`: makes the generated parts of `docs/semantics.md` and `docs/numerics.md` anew, after goldens or rules have changed. */
import { updateDocuments } from './docs/documents.ts';
import { exitWith, say } from './setup/say.mjs';

try {
  const written = await updateDocuments();
  say(written.length === 0 ? 'the documents are fresh' : `wrote ${written.join(' and ')}`);
} catch (error) {
  exitWith(error);
}
