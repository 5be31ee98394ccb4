/** A backend that hangs: the naive one, which never comes back from its hundredth run. */
import { createBackend as createNaive } from '@laxconv/naive';
import type { Backend } from '@laxconv/api/backend';
import { withRuns } from '../../src/runner/with-runs.test.fixture.ts';

const LAST = 100;

/** Starts it. */
export async function createBackend(): Promise<Backend> {
  let runs = 0;
  return withRuns(await createNaive(), 'hanging', (_problem, run) => (lhs, options) => {
    runs++;
    // Nobody changes it: that is the point.
    const hangs = { for: runs >= LAST };
    while (hangs.for);
    return run(lhs, options);
  });
}
