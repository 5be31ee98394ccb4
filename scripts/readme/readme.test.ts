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
        benchCase('layer/a', [measured('wasm', 1), measured('wasm-1t', 2), measured('wasm-1t · runSync', 2), measured('peer-1t', 8)]),
        benchCase('layer/b', [measured('wasm', 8), notMeasured('wasm-1t', 'wrong', 'element [0]'), measured('peer-1t', 8)]),
        benchCase('layer/c', [measured('wasm-1t', 2), measured('peer-2t', 1), measured('special-1t', 1)]),
        benchCase('overhead/c', [measured('idle', 8)]),
      ]),
    );
    expect(block).toContain('| case | wasm | wasm-1t | peer-1t |');
    expect(block).toContain('| `layer/a` | 1.00 ms (0.500×) | 2.00 ms | 8.00 ms (4.00×) |');
    expect(block).toContain('| `layer/b` | 8.00 ms | wrong | 8.00 ms |');
    expect(block).toContain('| `layer/c` | – | 2.00 ms | – |');
    expect(block).not.toContain('overhead/c');
    expect(block).toContain('A Processor, 2 cores, 2026-11-23, commit abcdef123456');
  });

  test('count what a peer passed, refused and failed', () => {
    const run = conformanceRun('peer', [testResult('a'), refused('b', 'no'), testResult('c', { status: 'crash', ok: false })]);
    expect(peersBlock([run])).toContain('| `peer` | 3 | 1 | 1 | 1 |');
  });
});
