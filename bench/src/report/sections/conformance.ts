/** What was tested, on which backend and platform, and how it ended; with every failure to be opened. */
import type { RunResult } from '@laxconv/conformance';
import { countOf } from '../../format/format.ts';
import { html, type Html } from '../../html/html.ts';
import { countTests, familyOf, groupBy, groupOf, type Counts } from './conformance-counts.ts';
import { runDetails } from './failures.ts';
import { scrollingTable } from './table.ts';

export function conformanceSection(runs: readonly RunResult[]): Html {
  return html`<section id="conformance" aria-labelledby="conformance-title">
    <h2 id="conformance-title">Conformance</h2>
    <p>
      Goldens are calls whose result real JAX computed; properties, differential, contract and gradient tests use random problems. A float result must
      lie within the bound that its kernel declares; integers and bool are exact. <em>Unsupported</em> is a backend's honest refusal: never
      a wrong number.
    </p>
    ${runs.length === 0 ? html`<p>No conformance result was given to this report.</p>` : table(runs, familyOf, 'Tests by family', 'family')}
    ${
      runs.length > 0 &&
      html`<details>
        <summary>By group within the families</summary>
        ${table(runs, groupOf, 'Tests by group', 'group')}
      </details>`
    }
    ${runs.map(runDetails)}
  </section>`;
}

function table(runs: readonly RunResult[], keyOf: (test: RunResult['tests'][number]) => string, label: string, noun: string): Html {
  const grouped = runs.map(({ tests }) => groupBy(tests, keyOf));
  const keys = [...new Set(grouped.flatMap((groups) => [...groups.keys()]))];
  const head = html`<tr>
    <th scope="col">${noun}</th>
    ${runs.map(({ backend, platform }) => html`<th scope="col">${backend.name}<small>${platform.runtime}, ${platform.os} ${platform.arch}</small></th>`)}
  </tr>`;
  const rows = keys.map(
    (key) =>
      html`<tr>
        <th scope="row"><code>${key}</code></th>
        ${grouped.map((groups) => cell(countTests(groups.get(key) ?? [])))}
      </tr>`,
  );
  const totals = html`<tr class="total">
    <th scope="row">all</th>
    ${runs.map(({ tests }) => cell(countTests(tests)))}
  </tr>`;
  return scrollingTable(label, `${label}: as expected / all.`, head, [rows, totals]);
}

function cell(counts: Counts): Html {
  if (counts.tests === 0) return html`<td class="none">none</td>`;
  const { tests, ok, unsupported, broken } = counts;
  const right = ok === tests;
  return html`<td class="${right ? 'ok' : 'bad'}">
    <strong>${ok.toLocaleString('en')} / ${tests.toLocaleString('en')}</strong>${right ? '' : ' ✗'}
    ${unsupported > 0 && html`<small>${unsupported.toLocaleString('en')} unsupported</small>`}
    ${broken > 0 && html`<small>${countOf(broken, 'failure')}</small>`}
  </td>`;
}
