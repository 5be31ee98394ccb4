import { expect, it } from 'vitest';
import { benchMarkdown } from './markdown.ts';
import { benchCase, benchResult, HOSTILE, measured, notMeasured } from './results.test.fixture.ts';

it('has medians with ratios, and no time for what is wrong', () => {
  const text = benchMarkdown(
    benchResult([
      benchCase('a', [measured('naive', 8), measured('wasm', 2)]),
      benchCase('b', [measured('naive', 8), notMeasured('wasm', 'wrong', HOSTILE)]),
    ]),
  );
  expect(text).toContain('| `a` | 8.00 ms | 2.00 ms (×0.250) |');
  expect(text).toContain('| `b` | 8.00 ms | **wrong** |');
  expect(text).toContain('## Benchmark: 1 result wrong or failed, and not timed');
  expect(text).toContain('- `wasm` on `b`: wrong: `</code>');
});
