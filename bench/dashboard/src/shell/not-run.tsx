/** What did not run, so that a smaller run never looks like a whole one. */
import type { JSX } from 'preact';
import type { NotRunItem } from '../../../src/report/page-data.ts';

/** Null: nobody said. */
export function NotRun({ items }: { readonly items: readonly NotRunItem[] | null }): JSX.Element {
  if (items === null) return <p class="quiet">Whoever wrote this page did not say what was left out.</p>;
  if (items.length === 0) return <p class="quiet">Nothing was left out.</p>;
  return (
    <ul class="plain-list quiet" aria-label="Not run">
      {items.map(({ what, why, how }) => (
        <li key={what}>
          Not run: <strong>{what}</strong>, because {prose(why)}. {prose(how)}
        </li>
      ))}
    </ul>
  );
}

/** Text whose `commands` are written as Markdown writes them. */
function prose(text: string): (string | JSX.Element)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}
