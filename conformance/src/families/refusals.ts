/** Refusals: what a backend may turn down without failing, and what must be rejected, with the right class of error. */
import { isLaxconvError, isUnsupportedProblem, type JaxErrorName } from '@laxconv/api/backend';
import { ConformanceFailure } from '../suite/test.ts';

/** Runs `body` for each item that the backend takes; a refusal of all of them is passed on. */
export async function forEachAccepted<T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> {
  let refusal: Error | undefined;
  let ran = 0;
  for (const item of items) {
    try {
      await body(item);
      ran++;
    } catch (error) {
      if (!isUnsupportedProblem(error)) throw error;
      refusal ??= error;
    }
  }
  if (ran === 0 && refusal !== undefined) throw refusal;
}

/** Throws unless `action` rejects (it may not throw) with a laxconv error of one of these classes. */
export async function expectRejection(what: string, classes: readonly JaxErrorName[], action: () => Promise<unknown>): Promise<void> {
  let promise: Promise<unknown>;
  try {
    promise = action();
  } catch (error) {
    throw new ConformanceFailure(`${what}: threw instead of rejecting: ${String(error)}`, { cause: error });
  }
  let outcome: { error: unknown } | undefined;
  try {
    await promise;
  } catch (error) {
    outcome = { error };
  }
  if (outcome === undefined) throw new ConformanceFailure(`${what}: was accepted, where a ${classes.join(' or ')} is due`);
  const { error } = outcome;
  if (!isLaxconvError(error))
    throw new ConformanceFailure(`${what}: rejected with an error that is no LaxconvError: ${String(error)}`, { cause: error });
  if (!classes.includes(error.jaxError)) {
    throw new ConformanceFailure(`${what}: rejected with ${error.jaxError}, where ${classes.join(' or ')} is due: ${error.message}`, {
      cause: error,
    });
  }
}
