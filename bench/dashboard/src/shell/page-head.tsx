/** The head of the page: what it is, and whether everything is right. */
import type { JSX } from 'preact';
import { judge } from '../../../src/report/verdict.ts';
import { benchResults, conformanceRuns, type ResultStore } from '../results/result-store.ts';
import { useResults } from '../results/use-results.ts';
import { NotRun } from './not-run.tsx';

export function PageHead({ store }: { readonly store: ResultStore }): JSX.Element {
  const results = useResults(store);
  const { writtenAt, commit, notebook } = results;
  const judged = results.files.filter(({ role }) => role === 'judged');
  const { right, headline, problems } = judge({ conformance: conformanceRuns(judged), bench: benchResults(judged), notebook });
  const isEmpty = judged.length === 0;
  return (
    <header class="head">
      <h1>
        laxconv <span>JAX’s convolutions for TypeScript</span>
      </h1>
      {isEmpty ? (
        <p class="quiet">Nothing was tested or timed for this page; result files can be added.</p>
      ) : (
        <div class={`verdict ${right ? 'right' : 'wrong'}`} role="status">
          <p>
            <strong>{right ? '✓ All right' : '✗ Not right'}</strong> {headline}
            {results.files.some(({ role }) => role === 'added') && <> Files that were added to the page are not judged here.</>}
          </p>
          {problems.length > 0 && (
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {writtenAt !== null && (
        <p class="quiet">
          Written <time dateTime={writtenAt}>{writtenAt.slice(0, 16).replace('T', ' ')} UTC</time>
          {commit !== null && (
            <>
              , commit <code>{commit}</code>
            </>
          )}
          .
        </p>
      )}
      {!isEmpty && <NotRun items={results.notRun} />}
    </header>
  );
}
