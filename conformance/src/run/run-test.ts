/** Runs one test and says how it ended. */
import { isUnsupportedProblem } from '@laxconv/api/backend';
import { ConformanceFailure, type ConformanceTest, type Observation, type TestContext } from '../suite/test.ts';
import type { TestResult } from '../report/result.ts';
import { GoldenError } from '../goldens/golden-error.ts';
import { CannotRun } from './cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';

/** A test's result before it is judged by the expectations. */
export type Outcome = Omit<TestResult, 'ok' | 'expected'>;

/** Runs `test` in this process, within `timeoutMs` where it yields at all. @throws CannotRun when a golden cannot be trusted. */
export async function runTest(test: ConformanceTest, context: Omit<TestContext, 'observe'>, timeoutMs: number): Promise<Outcome> {
  const kernels = new Map<string, number>();
  const observe = ({ kernel, errorOverBound }: Observation): void => {
    kernels.set(kernel, Math.max(errorOverBound, kernels.get(kernel) ?? 0));
  };
  const started = performance.now();
  const ended = await Promise.race([passes(test, { ...context, observe }), timeout(timeoutMs)]);
  return {
    id: test.id,
    ms: Math.round((performance.now() - started) * 100) / 100,
    kernels: Array.from(kernels, ([kernel, errorOverBound]) => ({ kernel, errorOverBound })),
    ...ended,
  };
}

type Ending = Pick<Outcome, 'status' | 'message' | 'snippet' | 'replay'>;

async function passes(test: ConformanceTest, context: TestContext): Promise<Ending> {
  try {
    await test.run(context);
    return { status: 'pass' };
  } catch (error) {
    if (error instanceof GoldenError) throw new CannotRun(`the goldens cannot be trusted: ${error.message}`, error);
    if (isUnsupportedProblem(error)) return { status: 'unsupported', message: error.reason };
    return { status: 'fail', message: messageOf(error), ...detailsOf(error) };
  }
}

function detailsOf(error: unknown): Pick<Ending, 'snippet' | 'replay'> {
  if (!(error instanceof ConformanceFailure)) return {};
  return {
    ...(error.snippet === undefined ? {} : { snippet: error.snippet }),
    ...(error.replay === undefined ? {} : { replay: { ...error.replay } }),
  };
}

function timeout(ms: number): Promise<Ending> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: 'timeout', message: `did not end within ${ms / 1000} s` }), ms);
    // Node only: a pending limit must not keep a finished program alive.
    if (typeof timer === 'object') timer.unref();
  });
}
