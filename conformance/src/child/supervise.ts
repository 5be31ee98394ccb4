/** Runs tests in a child process, with a new child after each that hung or died. */
import type { BackendFacts, NotRun, TestResult } from '../report/result.ts';
import { messageOf } from '../suite/message-of.ts';
import type { Judge } from '../run/judge.ts';
import { ChildBackend } from './child-backend.ts';
import type { ChildTask } from './protocol.ts';

/** So many kills or deaths on end mean that nothing works; the rest is then not run. */
const MOST_DEATHS_ON_END = 10;

/** A backend may compile and probe before it answers; this is not a test's limit. */
const START_SECONDS = 120;

/** What came of it: the backend, the results, and the tests that could not be run. */
export interface Supervised {
  readonly backend: BackendFacts;
  readonly tests: TestResult[];
  readonly notRun: NotRun[];
}

/** What to run, and whom to tell. */
export interface Supervision {
  readonly task: ChildTask;
  /** The tests to run, in this order. */
  readonly ids: readonly string[];
  /** Limit of each test. */
  readonly seconds: number;
  readonly judge: Judge;
  /** Called once the backend has started. */
  readonly onStart: (backend: BackendFacts) => void;
  /** Called after each test. */
  readonly onResult: (result: TestResult) => void;
}

/**
 * Runs tests one after the other.
 * @throws CannotRun when the backend cannot start at all.
 */
export async function supervise({ task, ids, seconds, judge, onStart, onResult }: Supervision): Promise<Supervised> {
  let { child, backend } = await ChildBackend.start(task, START_SECONDS);
  onStart(backend);
  const tests: TestResult[] = [];
  let deaths = 0;
  try {
    for (const [position, id] of ids.entries()) {
      const stop = await revive();
      if (stop !== undefined) return { backend, tests, notRun: ids.slice(position).map((left) => ({ id: left, reason: stop })) };
      const result = judge.result(await child.run(id, seconds));
      deaths = result.status === 'timeout' || result.status === 'crash' ? deaths + 1 : 0;
      tests.push(result);
      onResult(result);
    }
    return { backend, tests, notRun: [] };
  } finally {
    await child.end(seconds);
  }

  /** Makes sure that there is a child; a reason where there cannot be one. */
  async function revive(): Promise<string | undefined> {
    if (child.isAlive) return undefined;
    if (deaths >= MOST_DEATHS_ON_END) return `the backend hung or died in ${deaths} tests on end`;
    try {
      ({ child } = await ChildBackend.start(task, START_SECONDS));
      return undefined;
    } catch (error) {
      return `the backend did not start again: ${messageOf(error)}`;
    }
  }
}
