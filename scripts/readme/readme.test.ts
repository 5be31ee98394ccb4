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
import { countsOf } from '../../bench/src/result/conformance-counts.ts';
import { conformanceBlock, peersBlock, speedBlock } from './readme-blocks.ts';
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

  test('compare what shares an adapter with webgpu', () => {
    const result = benchResult([benchCase('layer/a', [measured('webgpu', 2), measured('tfjs-webgpu', 6), measured('jax-1t', 1)])]);
    const block = speedBlock({ ...result, environment: { ...result.environment, adapter: 'mesa llvmpipe (a CPU)' } });
    expect(block).toContain('| case | webgpu | tfjs-webgpu |');
    expect(block).toContain('| `layer/a` | 2.00 ms | 6.00 ms (3.00×) |');
    expect(block).toContain('(mesa llvmpipe (a CPU); node');
    expect(block).toContain('the time of `webgpu`');
  });

  test('count what each of our backends passed, refused and failed, by family', () => {
    const naive = countsOf(conformanceRun('naive', [testResult('golden:a'), testResult('golden:b'), testResult('gradient:c')]));
    const tests = [testResult('golden:a'), refused('golden:b', 'no'), testResult('gradient:c', { status: 'fail', ok: false })];
    const wasm = countsOf(conformanceRun('wasm', tests, { notRun: [{ id: 'gradient:d', reason: 'no time' }] }));
    const block = conformanceBlock([naive, wasm]);
    expect(block).toContain("| JAX's values | 2 | 1 (1) |");
    expect(block).toContain('| gradients | 1 | 0, **2 failed** |');
    expect(block).toContain('| **all** | 3 | 1 (1), **2 failed** |');
    expect(block).toContain('wasm on node 24.21.0, linux x64, 2026-11-23');
    expect(() => countsOf(conformanceRun('naive', [testResult('golden:a')], { filter: 'golden:*' }))).toThrow('a part of the suite');
  });

  test('count what a peer passed, refused and failed', () => {
    const run = conformanceRun('peer', [testResult('a'), refused('b', 'no'), testResult('c', { status: 'crash', ok: false })]);
    expect(peersBlock([run])).toContain('| `peer` | 3 | 1 | 1 | 1 |');
  });
});
