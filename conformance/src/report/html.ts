/** A result as one HTML page without outside resources, for a person: verdict, what went wrong and how to see it again, then the rest. */
import { isLoose, kernelSummaries, LOOSE } from './kernels.ts';
import { html, Markup } from './markup.ts';
import { reproduceCommand } from './reproduce.ts';
import { STATUSES, type RunResult, type TestResult } from './result.ts';
import { STYLE } from './style.ts';

/** The page of a result. */
export function htmlReport(result: RunResult): string {
  const { backend, platform, suite, seed, runs, started, totals, ok } = result;
  const title = `Conformance of ${backend.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="${ok ? 'good' : 'bad'}">
            <strong>${ok ? 'All as expected.' : 'Not as expected.'}</strong> ${totals.ok} of ${totals.tests} tests ended as they
            should${totals.notRun === 0 ? '' : `, ${totals.notRun} did not run`}.
          </p>
          <p>
            ${platform.runtime} on ${platform.os} ${platform.arch}; suite ${suite}; seed ${seed}, ${runs} random runs per property;
            ${result.quick === true ? 'the quick subset; ' : ''}${result.filter === undefined ? '' : `filter ${result.filter}; `}${result.shard === undefined ? '' : `shard ${result.shard}; `}started
            ${started}, ${seconds(result.ms)} s.
          </p>
        </header>
        <main>
          ${failures(result)}${problems(result)}${families(result)}${kernels(result)}${foreseen(result)}
          ${facts(result)}${everything(result)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function failures(result: RunResult): Markup | undefined {
  const wrong = result.tests.filter(({ ok }) => !ok);
  if (wrong.length === 0) return undefined;
  const items = wrong.map(
    (test) =>
      html`<details${new Markup(wrong.length <= 5 ? ' open' : '')}><summary><span class="bad">${test.status}</span> <code>${test.id}</code></summary>
<pre>${test.message ?? ''}</pre>
${test.expected === undefined ? undefined : html`<p>Expected: ${test.expected.status} (${test.expected.reason}).</p>`}
${
  test.snippet === undefined
    ? undefined
    : html`<p>To see it on its own:</p>
        <pre>${test.snippet}</pre>`
}
<p>Again: <code>${reproduceCommand(result, test.id)}</code></p></details>
`,
  );
  return html`<section>
    <h2>Not as expected (${wrong.length})</h2>
    ${items}
  </section>`;
}

function problems({ staleExpectations, notRun }: RunResult): Markup {
  const stale = staleExpectations.map(({ query, reason }) => html`<li><code>${query}</code>: ${reason}</li>`);
  const left = notRun.map(({ id, reason }) => html`<li><code>${id}</code>: ${reason}</li>`);
  return html`${
    stale.length === 0
      ? undefined
      : html`<section>
          <h2>Stale expectations (${stale.length})</h2>
          <ul>
            ${stale}
          </ul>
        </section>`
  }
  ${
    left.length === 0
      ? undefined
      : html`<section>
          <h2>Not run (${left.length})</h2>
          <ul>
            ${left}
          </ul>
        </section>`
  }`;
}

function families({ tests }: RunResult): Markup {
  const names = [...new Set(tests.map(familyOf))];
  const rows = names.map((name) => {
    const own = tests.filter((test) => familyOf(test) === name);
    const counts = STATUSES.map((status) => html`<td>${own.filter((test) => test.status === status).length}</td>`);
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${own.length}</td>
      ${counts}
    </tr>`;
  });
  const heads = STATUSES.map((status) => html`<th scope="col">${status}</th>`);
  return table(
    'Families',
    html`<th scope="col">family</th>
      <th scope="col">tests</th>
      ${heads}`,
    rows,
  );
}

function kernels(result: RunResult): Markup {
  const rows = kernelSummaries(result).map(
    (summary) =>
      html`<tr>
        <th scope="row"><code>${summary.kernel}</code></th>
        <td>${summary.tests}</td>
        <td>${summary.errorOverBound.toPrecision(3)}</td>
        <td class="text">${isLoose(summary) ? `its bound is over ${LOOSE} times looser than what it shows` : ''}</td>
      </tr>`,
  );
  const head = html`<th scope="col">kernel</th>
    <th scope="col">tests</th>
    <th scope="col">largest error / allowed</th>
    <th scope="col">finding</th>`;
  return table('Kernels', head, rows);
}

function foreseen({ tests, expectations }: RunResult): Markup | undefined {
  if (expectations.length === 0) return undefined;
  const rows = expectations.map(({ query, status, reason, link }) => {
    const own = tests.filter(({ expected }) => expected?.query === query);
    const linked = link !== undefined && /^https?:/.test(link) ? html` <a href="${link}">more</a>` : undefined;
    return html`<tr>
      <th scope="row"><code>${query}</code></th>
      <td>${own.length}</td>
      <td class="text">${status}</td>
      <td class="text">${reason}${linked}</td>
    </tr>`;
  });
  const head = html`<th scope="col">query</th>
    <th scope="col">tests</th>
    <th scope="col">expected</th>
    <th scope="col">reason</th>`;
  return table('Expectations', head, rows);
}

function facts({ backend }: RunResult): Markup {
  const text = JSON.stringify(backend.info, undefined, 2);
  return html`<section>
    <h2>The backend</h2>
    <p>${backend.name}${backend.module === undefined ? '' : `, from ${backend.module}`}</p>
    <pre>${text}</pre>
  </section>`;
}

function everything({ tests }: RunResult): Markup {
  const rows = tests.map(
    (test) =>
      html`<tr>
        <th scope="row"><code>${test.id}</code></th>
        <td class="text ${test.ok ? '' : 'bad'}">${test.status}</td>
        <td>${test.ms.toFixed(1)}</td>
      </tr> `,
  );
  return html`<section>
    <h2>All tests</h2>
    <details>
      <summary>${tests.length} tests</summary>
      ${plainTable(
        html`<th scope="col">id</th>
          <th scope="col">status</th>
          <th scope="col">ms</th>`,
        rows,
      )}
    </details>
  </section>`;
}

function table(title: string, head: Markup, rows: readonly Markup[]): Markup {
  return html`<section>
    <h2>${title}</h2>
    ${plainTable(head, rows)}
  </section> `;
}

function plainTable(head: Markup, rows: readonly Markup[]): Markup {
  return html`<div class="wide" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function familyOf({ id }: TestResult): string {
  return id.split(':', 1)[0];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
