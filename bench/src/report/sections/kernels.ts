/** How much of its declared bound each kernel ever used. */
import type { RunResult } from '@laxconv/conformance';
import { formatPercent } from '../../format/format.ts';
import { html, trustedHtml, type Html } from '../../html/html.ts';
import { scrollingTable } from './table.ts';

interface KernelRow {
  readonly where: string;
  readonly kernel: string;
  readonly tests: number;
  readonly errorOverBound: number;
  readonly worst: string;
}

export function kernelsSection(runs: readonly RunResult[]): Html {
  const rows = runs.flatMap(kernelRows).sort((a, b) => b.errorOverBound - a.errorOverBound);
  if (rows.length === 0) return html``;
  const head = html`<tr>
    <th scope="col">kernel</th>
    <th scope="col">backend</th>
    <th scope="col" class="number">tests</th>
    <th scope="col">largest error, of the bound</th>
    <th scope="col">seen in</th>
  </tr>`;
  return html`<section id="kernels" aria-labelledby="kernels-title">
    <h2 id="kernels-title">Accuracy</h2>
    <p>The largest error of each kernel against the exact sum, as a share of what its declared bound allows. 0 % is exact.</p>
    ${scrollingTable('Accuracy by kernel', 'Largest error over bound, by kernel.', head, rows.map(row))}
  </section>`;
}

function row({ where, kernel, tests, errorOverBound, worst }: KernelRow): Html {
  return html`<tr>
    <th scope="row"><code>${kernel}</code></th>
    <td>${where}</td>
    <td class="number">${tests.toLocaleString('en')}</td>
    <td>${bar(errorOverBound)} ${formatPercent(errorOverBound)}</td>
    <td><code class="small">${worst}</code></td>
  </tr>`;
}

function bar(fraction: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return trustedHtml(`<span class="bar" aria-hidden="true"><span style="width:${width}%"></span></span>`);
}

function kernelRows({ backend, platform, tests }: RunResult): KernelRow[] {
  const rows = new Map<string, KernelRow>();
  for (const { id, kernels } of tests) {
    for (const { kernel, errorOverBound } of kernels) {
      const known = rows.get(kernel) ?? { where: `${backend.name}, ${platform.runtime}`, kernel, tests: 0, errorOverBound: 0, worst: id };
      const isWorse = errorOverBound > known.errorOverBound;
      rows.set(kernel, {
        ...known,
        tests: known.tests + 1,
        errorOverBound: isWorse ? errorOverBound : known.errorOverBound,
        worst: isWorse ? id : known.worst,
      });
    }
  }
  return [...rows.values()];
}
