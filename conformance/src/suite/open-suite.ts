/** The whole suite: every family's tests, those of the goldens included. */
import { allTests } from '../families/index.ts';
import { GoldenError } from '../goldens/golden-error.ts';
import { openGoldens, type Goldens } from '../goldens/goldens.ts';
import { CannotRun } from '../run/cannot-run.ts';
import { goldensReader, type ReadGolden } from './goldens-folder.ts';
import type { ConformanceTest } from './test.ts';

/** The suite's tests in the order they are reported, and the goldens that some of them read. */
export interface Suite {
  readonly tests: readonly ConformanceTest[];
  readonly goldens: Goldens;
}

/**
 * Opens the suite. `goldens` is the folder that holds them (a path in Node, a URL elsewhere), or what reads one of their files; default:
 * those that come with this package.
 * @throws CannotRun when the goldens cannot be trusted.
 */
export async function openSuite(goldens?: string | ReadGolden): Promise<Suite> {
  const opened = await trusting(async () => openGoldens(typeof goldens === 'function' ? goldens : await goldensReader(goldens)));
  return { goldens: opened, tests: allTests(opened) };
}

/** Turns a {@link GoldenError} into the sentence that ends a run: with goldens that cannot be trusted nothing is compared. */
export async function trusting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof GoldenError ? new CannotRun(`the goldens cannot be trusted: ${error.message}`, error) : error;
  }
}
