/** What laxconv costs itself, which is timed on a backend that does nothing: the clock is the machine's, and no time is judged. */
import { createBackend } from '@laxconv/naive';
import { describe, expect, it } from 'vitest';
import { runCase } from './run-case.ts';

describe('runCase', () => {
  it('times what laxconv costs itself on a backend that does nothing, whatever the backends', async () => {
    const call = {
      fn: 'lax.convGeneralDilated',
      operands: [
        { shape: [1, 2, 12, 12], dtype: 'float32' },
        { shape: [2, 2, 3, 3], dtype: 'float32' },
      ],
      args: [[1, 1], 'SAME'],
    } as const;
    const options = { rounds: 3, roundMs: 3, warmUpMs: 3, signal: new AbortController().signal };
    const { results, multiplyAdds } = await runCase(
      { name: 'test/overhead', about: 'small', call, quick: true, overhead: true },
      [await createBackend()],
      options,
    );
    expect(multiplyAdds).toBeNull();
    expect(results.map(({ implementation, kernel, status }) => [implementation, kernel, status])).toEqual([
      ['idle', 'idle', 'measured'],
      ['idle · lax.convGeneralDilated', 'idle', 'measured'],
      ['idle · PreparedConv.run', 'idle', 'measured'],
      ['idle · PreparedConv.runSync', 'idle', 'measured'],
    ]);
  });
});
