/** Looks for the first test of a family that a backend fails. */
import { isUnsupportedProblem, type Backend } from '@laxconv/api/backend';
import type { ConformanceTest } from '../src/suite/test.ts';
import { messageOf } from '../src/suite/message-of.ts';

export interface Catch {
  readonly id: string;
  readonly message: string;
}

/** Few random runs are enough for mistakes; the suite's own default is higher. */
const RUNS = 30;
/** Long, so that a busy machine does not look like a hanging backend. */
const PATIENCE = 30_000;

/** The first of `tests` that fails; undefined when all pass or are refused. */
export async function firstCatch(
  tests: Iterable<ConformanceTest>,
  createBackend: () => Promise<Backend>,
  seed: number,
  runs = RUNS,
  patience = PATIENCE,
): Promise<Catch | undefined> {
  const backend = await createBackend();
  try {
    for (const test of tests) {
      try {
        await inTime(test.run({ backend, createBackend, seed, runs, observe: () => {} }), patience);
      } catch (error) {
        if (isUnsupportedProblem(error)) continue;
        return { id: test.id, message: messageOf(error) };
      }
    }
    return undefined;
  } finally {
    await backend.dispose().catch(() => {});
  }
}

async function inTime(running: Promise<void>, patience: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
