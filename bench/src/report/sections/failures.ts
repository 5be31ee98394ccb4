/** One run's details: the tests that did not end as expected, what was foreseen, what did not run, and how to run it again. */
import type { RunResult } from '@laxconv/conformance';
import { countOf, formatMs } from '../../format/format.ts';
import { html, type Html } from '../../html/html.ts';

type TestResult = RunResult['tests'][number];

/** Beyond this many, a list says how many more there are: thousands of failures have one cause, and the JSON has them all. */
const MOST_LISTED = 300;
/** Up to this many stand open. */
const MOST_OPEN = 20;

export function runDetails(run: RunResult): Html {
  const { backend, platform, tests, notRun, staleExpectations, seed, runs, ms, suite, filter, shard } = run;
  const unexpected = tests.filter(({ ok }) => !ok);
  const foreseen = tests.filter(({ ok, status }) => ok && status !== 'pass');
  return html`<article class="run">
    <h3>${backend.name} on ${platform.runtime}</h3>
    <p class="quiet">
      ${countOf(tests.length, 'test')} in ${formatMs(ms)}, seed <code>${seed}</code>, ${countOf(runs, 'random run')} per property, suite
      ${suite}${filter !== undefined && html`, filter <code>${filter}</code>`}${shard !== undefined && html`, shard ${shard}`}.
    </p>
    ${facts(backend.info)} ${list(`${countOf(unexpected.length, 'test')} not as expected`, unexpected, failure, true)}
    ${list(countOf(staleExpectations.length, 'stale expectation'), staleExpectations, ({ query, reason }) => html`<li><code>${query}</code>: ${reason}</li>`, true)}
    ${list(`${countOf(notRun.length, 'selected test')} not run`, notRun, ({ id, reason }) => html`<li><code>${id}</code>: ${reason}</li>`, true)}
    ${list(`${countOf(foreseen.length, 'test')} foreseen by the expectations file`, foreseen, expected, false)}
  </article>`;
}

function facts(info: RunResult['backend']['info']): Html {
  const shown = Object.entries(info).map(
    ([name, value]) => html`<li>${name}: <code>${typeof value === 'string' ? value : JSON.stringify(value)}</code></li>`,
  );
  return html`<ul class="facts" aria-label="What the backend says of itself">
    ${shown}
  </ul>`;
}

function list<T>(title: string, items: readonly T[], show: (item: T) => Html, bad: boolean): Html {
  if (items.length === 0) return html``;
  const more = items.length - MOST_LISTED;
  const body = html`<summary>${title}</summary>
    <ul class="results">
      ${items.slice(0, MOST_LISTED).map(show)}
    </ul>
    ${more > 0 && html`<p>and ${countOf(more, 'more', 'more')}, all in the JSON.</p>`}`;
  if (!bad) return html`<details>${body}</details>`;
  return items.length <= MOST_OPEN ? html`<details open class="bad">${body}</details>` : html`<details class="bad">${body}</details>`;
}

function failure({ id, status, message, snippet, replay, expected: foreseen }: TestResult): Html {
  return html`<li>
    <details>
      <summary><code>${id}</code> <span class="badge ${status}">${status}</span></summary>
      ${foreseen && html`<p>Foreseen as ${foreseen.status}: ${foreseen.reason}</p>`}
      ${message !== undefined && html`<p class="message">${message}</p>`}
      ${snippet !== undefined && html`<pre tabindex="0"><code>${snippet}</code></pre>`}
      ${replay !== undefined && html`<p class="quiet">Replay: seed ${replay.seed}, path ${replay.path}</p>`}
      <p class="quiet">Again: <code>npx @laxconv/conformance run --filter '${id}' …</code></p>
    </details>
  </li>`;
}

function expected({ id, status, expected: foreseen }: TestResult): Html {
  return html`<li><code>${id}</code> <span class="badge ${status}">${status}</span> ${foreseen?.reason}</li>`;
}
