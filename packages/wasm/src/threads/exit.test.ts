/** Workers keep no process alive: a program that has used them ends when it is done, disposed of or not. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROGRAM = `
  import { laxconvOn } from '@laxconv/api';
  import { createBackend } from './src/index.ts';
  const { lax, backend } = laxconvOn(await createBackend({ threads: 2 }));
  const tensor = (...shape) => ({ dtype: 'float32', shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1) });
  const layout = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
  for (let run = 0; run < 20; run++) await lax.convGeneralDilated(tensor(1, 56, 56, 64), tensor(3, 3, 64, 64), [1, 1], 'SAME', layout);
  console.log('done on', backend.info.threads);
`;

test('a program ends without dispose', async () => {
  const args = ['--conditions=@laxconv/source', '--input-type=module', '--eval', PROGRAM];
  const options = { cwd: new URL('../..', import.meta.url), timeout: 30_000 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  expect(stdout.trim()).toBe('done on 2');
});
