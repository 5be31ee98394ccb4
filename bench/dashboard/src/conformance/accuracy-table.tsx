/** How much of its declared bound each kernel ever used. */
import { kernelSummaries, type RunResult } from '@laxconv/conformance';
import type { JSX } from 'preact';
import { formatPercent } from '../../../src/format/format.ts';
import { backendNames } from './test-record.ts';

export function AccuracyTable({ runs }: { readonly runs: readonly RunResult[] }): JSX.Element | null {
  const names = backendNames(runs);
  const rows = runs
    .flatMap((run, index) => kernelSummaries(run).map((summary) => ({ ...summary, backend: names[index] })))
    .toSorted((a, b) => b.errorOverBound - a.errorOverBound);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>Accuracy of {rows.length} kernels</summary>
      <p>The largest error of each kernel against the exact sum, as a share of what its declared bound allows. 0 % is exact.</p>
      <div class="scroll" role="region" aria-label="Accuracy by kernel" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">kernel</th>
              <th scope="col">backend</th>
              <th scope="col" class="number">
                tests
              </th>
              <th scope="col">largest error, of the bound</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kernel, backend, tests, errorOverBound }) => (
              <tr key={`${backend} ${kernel}`}>
                <th scope="row">
                  <code>{kernel}</code>
                </th>
                <td>{backend}</td>
                <td class="number">{tests.toLocaleString('en')}</td>
                <td>
                  <meter min={0} max={1} value={Math.min(1, errorOverBound)} aria-hidden="true" /> {formatPercent(errorOverBound)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
