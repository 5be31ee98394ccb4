/** The benchmark: every case and implementation, with its interval; wrong, unsupported and not run stay in their places. */
import { countOf, formatMs, formatNumber } from '../../format/format.ts';
import { html, trustedHtml, type Html } from '../../html/html.ts';
import type { BenchCaseResult, BenchResult, ImplementationResult, Measured } from '../../result/result.ts';
import { baseOf, gigaflops } from '../../result/summary.ts';
import { estimateMedian, estimateRatio, quantile } from '../../statistics/statistics.ts';
import { scrollingTable } from './table.ts';

const HEAD = html`<tr>
  <th scope="col">case</th>
  <th scope="col">implementation</th>
  <th scope="col" class="number">median</th>
  <th scope="col" class="number">95 % interval</th>
  <th scope="col">samples, from 0</th>
  <th scope="col" class="number">GFLOP/s</th>
  <th scope="col" class="number">ratio</th>
</tr>`;

export function benchSection(results: readonly BenchResult[]): Html {
  return html`<section id="bench" aria-labelledby="bench-title">
    <h2 id="bench-title">Benchmark</h2>
    <p>
      Every result is checked before it is timed. Medians over interleaved rounds, with bootstrap intervals over the rounds; the ratio is to
      the case's first implementation. A multiply-add counts as two operations, those on padding and dilation holes included. Machines are noisy: compare within one run only.
    </p>
    ${results.length === 0 ? html`<p>No benchmark result was given to this report.</p>` : results.map((result, index) => benchRun(result, index + 1))}
  </section>`;
}

function benchRun(result: BenchResult, number: number): Html {
  const { environment, mode, complete, startedAt, only } = result;
  const { cpu, cores, memoryGiB, os, arch, platform, loadBefore, commit } = environment;
  return html`<article class="run">
    <h3>${platform} on ${cpu}</h3>
    <p class="quiet">
      ${mode} run of ${startedAt.slice(0, 16).replace('T', ' ')} UTC${only !== null && html`, only <code>${only}</code>`}; ${cores} cores,
      ${memoryGiB} GiB, ${os} ${arch}, load ${loadBefore} before${commit !== null && html`, commit <code>${commit}</code>`}.
    </p>
    ${!complete && html`<p class="bad"><strong>Interrupted:</strong> what is missing was not run.</p>`}
    ${scrollingTable(`Times of benchmark ${number}`, `Times of ${countOf(result.cases.length, 'case')}.`, HEAD, result.cases.map(caseRows))}
  </article>`;
}

function caseRows(benchCase: BenchCaseResult): readonly Html[] {
  const { name, about, results } = benchCase;
  const slowest = Math.max(0, ...results.map((result) => (result.status === 'measured' ? quantile(result.rounds.flat(), 0.98) : 0)));
  return results.map((result, index) => {
    const head =
      index === 0 ? html`<th scope="rowgroup" rowspan="${results.length}"><code>${name}</code><small>${about}</small></th>` : html``;
    return html`<tr>
      ${head}${cells(benchCase, result, slowest)}
    </tr>`;
  });
}

function cells(benchCase: BenchCaseResult, result: ImplementationResult, slowest: number): Html {
  const { implementation, kernel } = result;
  const name = html`<td>${implementation}${kernel !== null && html`<small><code>${kernel}</code></small>`}</td>`;
  if (result.status !== 'measured') {
    return html`${name}
      <td colspan="5" class="${result.status === 'wrong' || result.status === 'failed' ? 'bad' : 'none'}">
        <span class="badge ${result.status}">${result.status}</span> ${result.reason}
      </td>`;
  }
  const { value, low, high } = estimateMedian(result.rounds);
  return html`${name}
    <td class="number"><strong>${formatMs(value)}</strong></td>
    <td class="number">${formatMs(low)} to ${formatMs(high)}</td>
    <td>${strip(result, slowest)}</td>
    <td class="number">${benchCase.multiplyAdds === null ? '–' : formatNumber(gigaflops(benchCase.multiplyAdds, value))}</td>
    <td class="number">${ratio(benchCase, result)}</td>`;
}

function ratio(benchCase: BenchCaseResult, result: Measured): Html {
  const base = baseOf(benchCase);
  if (base === undefined || base === result) return html`<span class="none">base</span>`;
  const { value, low, high } = estimateRatio(result.rounds, base.rounds);
  return html`${formatNumber(value)}×<small>${formatNumber(low)} to ${formatNumber(high)}</small>`;
}

const WIDTH = 120;
const MOST_DOTS = 60;

/** The raw samples as dots from zero to the case's slowest; the odd one beyond stands at the end. */
function strip({ rounds }: Measured, slowest: number): Html {
  const samples = rounds.flat();
  const every = Math.max(1, Math.floor(samples.length / MOST_DOTS));
  const dots = samples
    .filter((_, index) => index % every === 0)
    .map((sample) => `<circle cx="${(Math.min(1, sample / slowest) * (WIDTH - 6) + 3).toFixed(1)}" cy="8" r="2.5"/>`);
  return trustedHtml(
    `<svg class="strip" viewBox="0 0 ${WIDTH} 16" width="${WIDTH}" height="16" aria-hidden="true"><path d="M0 8h${WIDTH}"/>${dots.join('')}</svg>`,
  );
}
