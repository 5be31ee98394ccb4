/** The top of the page: verdict, totals, what was not run, and links to the rest. */
import { countOf } from '../../format/format.ts';
import { html, type Html } from '../../html/html.ts';
import type { NotRunItem, ReportData } from '../report-data.ts';
import type { Verdict } from '../verdict.ts';

export function headSection(data: ReportData, verdict: Verdict): Html {
  const { conformance, notebook, bench, writtenAt, commit } = data;
  const sum = (key: 'tests' | 'ok' | 'unsupported'): number => conformance.reduce((total, { totals }) => total + totals[key], 0);
  const right = notebook.cells.filter(({ check }) => check.status === 'right').length;
  const cases = bench.reduce((total, result) => total + result.cases.length, 0);
  return html`<header>
    <p class="brand">laxconv <span>JAX's convolutions for TypeScript</span></p>
    <h1>Report</h1>
    <div class="verdict ${verdict.right ? 'right' : 'wrong'}" role="status">
      <p class="verdict-word">${verdict.right ? '✓ All right' : '✗ Not right'}</p>
      <p>${verdict.headline}</p>
      ${
        verdict.problems.length > 0 &&
        html`<ul>
          ${verdict.problems.map((problem) => html`<li>${problem}</li>`)}
        </ul>`
      }
    </div>
    <dl class="tiles">
      ${tile('Conformance', `${sum('ok').toLocaleString('en')} / ${sum('tests').toLocaleString('en')}`, 'tests as expected', '#conformance')}
      ${tile('Unsupported', sum('unsupported').toLocaleString('en'), 'refused by a backend', '#conformance')}
      ${tile('Notebook', `${right} / ${notebook.cells.length}`, `cells give JAX ${notebook.jax}'s values`, '#notebook')}
      ${tile('Benchmark', String(cases), cases === 1 ? 'case, verified before timed' : 'cases, verified before timed', '#bench')}
    </dl>
    <p class="quiet">Written ${time(writtenAt)}${commit !== null && html`, commit <code>${commit}</code>`}.</p>
  </header>`;
}

function tile(name: string, value: string, about: string, href: string): Html {
  return html`<div class="tile">
    <dt><a href="${href}">${name}</a></dt>
    <dd><strong>${value}</strong> <span>${about}</span></dd>
  </div>`;
}

function time(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** What did not run, so that a smaller run never looks like a whole one. */
export function notRunSection(notRun: readonly NotRunItem[] | null): Html {
  if (notRun === null || notRun.length === 0) {
    return section(html`<p>${notRun === null ? 'Whoever wrote this report did not say what was left out.' : 'Nothing was left out.'}</p>`);
  }
  return section(
    html`<p>
        ${countOf(notRun.length, 'thing was', 'things were')} left out; nothing on this page speaks of
        ${notRun.length === 1 ? 'it' : 'them'}.
      </p>
      <ul class="not-run">
        ${notRun.map(({ what, why, how }) => html`<li><strong>${what}</strong>, because ${prose(why)}. ${prose(how)}</li>`)}
      </ul>`,
  );
}

function section(body: Html): Html {
  return html`<section id="not-run" aria-labelledby="not-run-title">
    <h2 id="not-run-title">Not run</h2>
    ${body}
  </section>`;
}

/** Text whose `commands` are written as Markdown writes them. */
function prose(text: string): readonly (string | Html)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
