/**
 * The child: holds the backend under test and runs one test after the other as the parent asks. It is evaluated, not started as a
 * file, so that imports resolve from the working directory; `load` is that import.
 */
import type { Backend } from '@laxconv/api/backend';
import type { BackendFacts } from '../report/result.ts';
import { messageOf } from '../suite/message-of.ts';
import { CannotRun } from '../run/cannot-run.ts';
import type { CreateBackend } from '../run/run-conformance.ts';
import { runTest } from '../run/run-test.ts';
import { openSuite } from '../suite/open-suite.ts';
import type { ConformanceTest } from '../suite/test.ts';
import type { ChildTask, FromChild, ToChild } from './protocol.ts';
import { createBackendOf, startBackend } from './start-backend.ts';

/** A test without end is the parent's to kill; setTimeout takes no longer than this. */
const NO_LIMIT = 2 ** 31 - 1;

/** Answers the parent until it says `end` or goes away. */
export function serve(load: (specifier: string) => Promise<unknown>): void {
  let run: ((id: string) => Promise<FromChild>) | undefined;
  let end = (): Promise<void> => Promise.resolve();
  const answer = async (message: ToChild): Promise<void> => {
    switch (message.type) {
      case 'start':
        try {
          const started = await start(message.task, load);
          ({ run } = started);
          end = () => started.backend.dispose();
          tell({ type: 'ready', backend: factsOf(started.backend, message.task) });
        } catch (error) {
          tell({ type: 'refused', message: messageOf(error) });
        }
        return;
      case 'run':
        try {
          if (run !== undefined) tell(await run(message.id));
        } catch (error) {
          tell({ type: 'refused', message: messageOf(error) });
        }
        return;
      case 'end':
        await end();
        process.disconnect();
    }
  };
  process.on('message', (message: ToChild) => void answer(message));
  process.on('disconnect', () => process.exit());
}

async function start(
  { module, options, goldens, seed, runs }: ChildTask,
  load: (specifier: string) => Promise<unknown>,
): Promise<{ backend: Backend; run: (id: string) => Promise<FromChild> }> {
  const createBackend: CreateBackend = await createBackendOf(module, options, load);
  const backend = await startBackend(module, createBackend);
  const tests = new Map<string, ConformanceTest>((await openSuite(goldens)).tests.map((test) => [test.id, test]));
  const run = async (id: string): Promise<FromChild> => {
    const test = tests.get(id);
    if (test === undefined) throw new Error(`the child has no test ${id}`);
    return { type: 'done', outcome: await runTest(test, { backend, createBackend, seed, runs }, NO_LIMIT) };
  };
  return { backend, run };
}

function tell(message: FromChild): void {
  process.send?.(message);
}

/** What of a backend's facts survives JSON. */
function factsOf({ name, info }: Backend, { module, options }: ChildTask): BackendFacts {
  let plain: unknown;
  try {
    plain = JSON.parse(JSON.stringify(info));
  } catch (error) {
    throw new CannotRun(`the info of the backend of ${module} must be plain JSON, for it stands in the result: ${messageOf(error)}`, error);
  }
  return { name, info: plain as BackendFacts['info'], module, ...(options === undefined ? {} : { options }) };
}
