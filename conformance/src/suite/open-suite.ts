/** The whole suite: every family's tests, those of the goldens included. */
import { allTests } from '../families/index.ts';
import { GoldenError } from '../goldens/golden-error.ts';
import { openGoldens, type Goldens } from '../goldens/goldens.ts';
import { CannotRun } from '../run/cannot-run.ts';
import { goldensReader } from './goldens-folder.ts';
import type { ConformanceTest } from './test.ts';

/** The suite's tests in the order they are reported, and the goldens that some of them read. */
export interface Suite {
  readonly tests: readonly ConformanceTest[];
  readonly goldens: Goldens;
}

/**
 * Opens the suite. `folder` holds the goldens: a path in Node, a URL elsewhere; default: those that come with this package.
 * @throws CannotRun when the goldens cannot be trusted.
 */
export async function openSuite(folder?: string): Promise<Suite> {
  const goldens = await trusting(async () => openGoldens(await goldensReader(folder)));
  return { goldens, tests: allTests(goldens) };
}

/** Turns a {@link GoldenError} into the sentence that ends a run: with goldens that cannot be trusted nothing is compared. */
export async function trusting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof GoldenError ? new CannotRun(`the goldens cannot be trusted: ${error.message}`, error) : error;
  }
}
