import { expect, it } from 'vitest';
import { progressTo } from './progress.ts';

it('writes a line for each case, with the time left once a case is done', () => {
  const lines: string[] = [];
  const progress = progressTo({ isTTY: false, columns: 80, write: (line: string | Uint8Array) => lines.push(String(line)) > 0 });
  for (const [caseIndex, fraction, what] of [
    [0, 0.001, 'naive: verified'],
    [0, 0.2, 'naive: round 1 of 3'],
    [1, 0.5, 'wasm: verified'],
    [2, 0.999_999_9, 'wasm: round 3 of 3'],
  ] as const) {
    progress.step({ fraction, caseIndex, caseCount: 3, what });
  }
  progress.end();
  expect(lines).toEqual(['[1/3] naive: verified\n', '[2/3] wasm: verified · almost done\n', '[3/3] wasm: round 3 of 3 · almost done\n']);
});
