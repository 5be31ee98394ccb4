import { afterEach, expect, it, vi } from 'vitest';
import { createBackend } from '../numpy.ts';

afterEach(() => vi.unstubAllEnvs());

it('says which program does not start', async () => {
  vi.stubEnv('LAXCONV_PYTHON', '/no/such/python');
  await expect(createBackend()).rejects.toThrow('/no/such/python does not start');
});

it('says what a program said that is not Python, or has not what it takes', async () => {
  vi.stubEnv('LAXCONV_PYTHON', process.execPath);
  await expect(createBackend()).rejects.toThrow(/Python ended with exit code 1: .*serve\.py/s);
});
