import { describe, expect, test } from 'vitest';
import {
  benchCase,
  benchResult,
  conformanceRun,
  measured,
  notMeasured,
  refused,
  testResult,
} from '../../bench/src/result/results.test.fixture.ts';
import { peersBlock, speedBlock } from './readme-blocks.ts';
import { readme } from './readme.ts';

test('README.md is fresh: else run `pnpm readme`', async () => {
  const { text, updated } = await readme();
  expect(text).toBe(updated);
});

describe('the tables', () => {
  test('have a median for each backend, a ratio where there is one, and no time for what is wrong', () => {
    const block = speedBlock(
      benchResult([
        benchCase('layer/a', [measured('naive', 8), measured('wasm', 2), measured('wasm · runSync', 1)]),
        benchCase('layer/b', [measured('naive', 8), notMeasured('wasm', 'wrong', 'element [0]')]),
        benchCase('overhead/c', [measured('idle', 8)]),
      ]),
    );
    expect(block).toContain('| `layer/a` | What layer/a is | 8.00 ms | 2.00 ms (4.00×) |');
    expect(block).toContain('| `layer/b` | What layer/b is | 8.00 ms | wrong |');
    expect(block).not.toContain('overhead/c');
    expect(block).toContain('A Processor, 2 cores, 2026-11-23, commit abcdef123456');
  });

  test('count what a peer passed, refused and failed', () => {
    const run = conformanceRun('peer', [testResult('a'), refused('b', 'no'), testResult('c', { status: 'crash', ok: false })]);
    expect(peersBlock([run])).toContain('| `peer` | 3 | 1 | 1 | 1 |');
  });
});
