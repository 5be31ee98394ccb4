/** What a run was, what it says of the backend, and what was wrong with the run itself. */
import type { RunResult } from '@laxconv/conformance';
import type { JSX } from 'preact';
import { countOf, formatMs } from '../../../src/format/format.ts';

export function RunFacts({ name, run }: { readonly name: string; readonly run: RunResult }): JSX.Element {
  const { backend, platform, tests, notRun, staleExpectations, seed, runs, ms, suite, filter, shard } = run;
  return (
    <details>
      <summary>{name}: the run</summary>
      <p>
        {countOf(tests.length, 'test')} in {formatMs(ms)} on {platform.runtime}, {platform.os} {platform.arch}; suite {suite}, seed{' '}
        <code>{seed}</code>, {countOf(runs, 'random run')} per property
        {filter !== undefined && `, filter ${filter}`}
        {shard !== undefined && `, shard ${shard}`}.
      </p>
      <ul aria-label="What the backend says of itself">
        {Object.entries(backend.info).map(([key, value]) => (
          <li key={key}>
            {key}: <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
          </li>
        ))}
      </ul>
      <Sentences
        title={countOf(staleExpectations.length, 'stale expectation')}
        items={staleExpectations.map(({ query, reason }) => [query, reason])}
      />
      <Sentences title={`${countOf(notRun.length, 'selected test')} not run`} items={notRun.map(({ id, reason }) => [id, reason])} />
    </details>
  );
}

function Sentences({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly (readonly [string, string])[];
}): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <>
      <p class="wrong">
        <strong>{title}</strong>
      </p>
      <ul>
        {items.map(([what, why]) => (
          <li key={what}>
            <code>{what}</code>: {why}
          </li>
        ))}
      </ul>
    </>
  );
}
