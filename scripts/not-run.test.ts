import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { givenUp, notRunLines, unexcused, writeNotRun } from './not-run.ts';

const CHROMIUM = { what: 'chromium', why: 'no Chromium was found', how: 'Install one.' };

test('LAXCONV_WITHOUT is a comma list, of any case and spacing', () => {
  expect([...givenUp({ LAXCONV_WITHOUT: ' Chromium, gpu,' })]).toEqual(['chromium', 'gpu']);
  expect([...givenUp({})]).toEqual([]);
});

test('a closing line says what did not run, why, and how it would', () => {
  expect(notRunLines([CHROMIUM])).toEqual(['not run: chromium because no Chromium was found. Install one.']);
});

test('only in CI, and only what nobody gave up on purpose, fails the run', () => {
  expect(unexcused([CHROMIUM], {})).toEqual([]);
  expect(unexcused([CHROMIUM], { CI: 'false' })).toEqual([]);
  expect(unexcused([CHROMIUM], { CI: 'true' })).toEqual([CHROMIUM]);
  expect(unexcused([CHROMIUM], { CI: 'true', LAXCONV_WITHOUT: 'chromium' })).toEqual([]);
  expect(unexcused([CHROMIUM], { CI: 'true', LAXCONV_WITHOUT: 'gpu' })).toEqual([CHROMIUM]);
});

test('the report gets a list, an empty one too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'laxconv-not-run-'));
  try {
    const file = join(folder, 'report', 'not-run.json');
    for (const list of [[CHROMIUM], []]) {
      writeNotRun(file, list);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(list);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
