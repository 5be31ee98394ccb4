/** A synchronous run with `out` allocates nothing: an audio thread must not meet the garbage collector. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

test('a synchronous run allocates nothing', () => {
  const program = path.join(import.meta.dirname, 'run-sync-memory.test.fixture.ts');
  // So large a nursery that nothing is collected meanwhile.
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128', '--conditions=@laxconv/source'];
  const figures = JSON.parse(execFileSync(process.execPath, [...flags, program], { encoding: 'utf8' })) as Record<string, number>;
  // The smallest object has 12 bytes.
  expect(figures['backend']).toBeLessThan(4);
  expect(figures['prepared']).toBeLessThan(4);
});
