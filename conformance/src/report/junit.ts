/** A result as JUnit XML, which CI systems read. An expected failure or refusal is a skipped test with its reason. */
import { escapeXml } from './markup.ts';
import { reproduceCommand } from './reproduce.ts';
import type { RunResult, TestResult } from './result.ts';

/** The XML document of a result. */
export function junit(result: RunResult): string {
  const { backend, tests, notRun, staleExpectations, ms, started } = result;
  const cases = [
    ...tests.map((test) => testcase(test.id, test.ms, bodyOf(result, test))),
    ...notRun.map(({ id, reason }) => testcase(id, 0, element('error', `not run: ${reason}`))),
    ...staleExpectations.map(({ query, reason }) =>
      testcase(`expectation:${query}`, 0, element('failure', `stale expectation: ${reason}`)),
    ),
  ];
  const failures = tests.filter(({ ok }) => !ok).length + staleExpectations.length;
  const skipped = tests.filter(({ ok, status }) => ok && status !== 'pass').length;
  const attributes =
    `name="${escapeXml(`laxconv conformance: ${backend.name}`)}" tests="${cases.length}" failures="${failures}" errors="${notRun.length}" ` +
    `skipped="${skipped}" time="${seconds(ms)}" timestamp="${escapeXml(started)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite ${attributes}>\n${cases.join('\n')}\n</testsuite>\n</testsuites>\n`;
}

function bodyOf(result: RunResult, test: TestResult): string {
  const { ok, status, message, snippet, expected } = test;
  if (status === 'pass') return '';
  if (ok) return element('skipped', `${status}, as expected: ${expected?.reason ?? ''}`);
  const details = [message, snippet, `again: ${reproduceCommand(result, test.id)}`].filter((line) => line !== undefined);
  return element('failure', `${status}: ${message?.split('\n', 1)[0] ?? ''}`, details.join('\n\n'));
}

function testcase(id: string, ms: number, body: string): string {
  const family = id.split(':', 1)[0];
  return `<testcase classname="${escapeXml(family)}" name="${escapeXml(id)}" time="${seconds(ms)}"${body === '' ? '/>' : `>${body}</testcase>`}`;
}

function element(name: string, message: string, text = ''): string {
  return `<${name} message="${escapeXml(message)}">${escapeXml(text)}</${name}>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
