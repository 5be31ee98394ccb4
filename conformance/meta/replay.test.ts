/** A failing property says how to see it again: the same seed finds the same counterexample, and the snippet runs. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Backend } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { ConformanceFailure, type ConformanceTest } from '../src/suite/test.ts';
import { withFault } from './broken/broken-backend.ts';
import { GEOMETRY_FAULTS } from './broken/geometry-faults.ts';
import { testsOf } from './families.ts';

/** The snippet imports the backend by its name. */
async function broken(): Promise<Backend> {
  return { ...(await withFault(GEOMETRY_FAULTS['kernel flipped'])), name: 'naive' };
}

async function failureOf(test_: ConformanceTest, seed: number): Promise<ConformanceFailure> {
  const backend = await broken();
  try {
    await test_.run({ backend, createBackend: broken, seed, runs: 50, observe: () => {} });
  } catch (error) {
    if (error instanceof ConformanceFailure) return error;
    throw error;
  } finally {
    await backend.dispose();
  }
  throw new Error(`${test_.id} passed`);
}

const FAILING = ['property:delta-kernel:dtype=float32', 'property:definition/scipy.signal.correlate2d:dtype=complex64'];
const tests = (await testsOf('property')).filter(({ id }) => FAILING.includes(id));

/** Runs TypeScript as a program of its own, where the workspace's packages are found. */
async function runProgram(code: string): Promise<string> {
  const flags = ['--conditions=@laxconv/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  return stdout;
}

describe.each(tests.map((each) => [each.id, each] as const))('%s', (id, failing) => {
  test('finds the same counterexample with the same seed, another with another', async () => {
    const [once, again, other] = [await failureOf(failing, 5), await failureOf(failing, 5), await failureOf(failing, 6)];
    expect(again.message).toBe(once.message);
    expect(again.replay).toEqual(once.replay);
    expect(other.replay?.seed).not.toBe(once.replay?.seed);
    expect(once.message).toMatch(/Found in run \d+, shrunk \d+ times; --seed 5 \(of this test: -?\d+, path [\d:]+\)/);
  });

  test('shrinks to a problem that fits on a line, and shows a program that runs', async () => {
    const { snippet = '' } = await failureOf(failing, 5);
    expect(snippet).toContain("from '@laxconv/naive'");
    expect(snippet.length).toBeLessThan(3000);
    expect(await runProgram(snippet)).toContain(id.includes('definition') ? 'Float32Array' : 'float32-direct');
  });
});
