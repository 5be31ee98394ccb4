/** How each cell of JAX's notebook ended in Node, when the page was written. */
import type { JSX } from 'preact';
import { formatMs, formatNumber, formatPercent } from '../../../src/format/format.ts';
import type { CellCheck } from '../../../src/notebook/notebook.ts';
import type { NotebookRecord } from '../../../src/report/page-data.ts';

export function NotebookTable({ notebook: { backend, jax, cells } }: { readonly notebook: NotebookRecord }): JSX.Element {
  const wrong = cells.filter(({ check }) => check.status === 'wrong').length;
  return (
    <details open={wrong > 0}>
      <summary>
        The notebook: {cells.length - wrong} of {cells.length} cells give JAX {jax}’s values
      </summary>
      <p>
        All code cells of <cite>Generalized convolutions in JAX</cite>, run on {backend} when this page was written.
      </p>
      <div class="scroll" role="region" aria-label="Cells of the notebook" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">cell</th>
              <th scope="col">against JAX</th>
              <th scope="col" class="number">
                time, drawing included
              </th>
            </tr>
          </thead>
          <tbody>
            {cells.map(({ number, title, check, ms }) => (
              <tr key={number}>
                <th scope="row">
                  {number}. {title}
                </th>
                <td class={check.status === 'wrong' ? 'bad' : 'ok'}>{checkText(check)}</td>
                <td class="number">{formatMs(ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function checkText(check: CellCheck): string {
  if (check.status === 'wrong') return `✗ differs: ${check.reason}`;
  const { maxDifference, errorOverBound } = check;
  if (maxDifference === null || errorOverBound === null) return '✓ equal';
  if (maxDifference === 0) return '✓ equal, bit for bit';
  return `✓ largest difference ${formatNumber(maxDifference)}; largest error ${formatPercent(errorOverBound)} of the bound`;
}
