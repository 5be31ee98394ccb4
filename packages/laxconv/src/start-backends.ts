/** Starts the backends that were chosen, and remembers why the others did not. */
import type { Rejection } from '@laxconv/api';
import { isLaxconvError, refuse, type Backend } from '@laxconv/api/backend';
import { BACKEND_NAMES, LOADERS, type BackendName, type Loader } from './loaders.ts';
import type { BackendChoice, LaxconvOptions } from './options.ts';

/** The outcome: what started, in order, which of it is ours to dispose of, and what did not start. */
export interface Started {
  readonly backends: readonly Backend[];
  readonly created: readonly Backend[];
  readonly rejected: readonly Rejection[];
}

/**
 * Starts every chosen backend that can start here.
 * @throws LaxconvRuntimeError (`backend/unavailable`) when none can; its cause is the reason, or an AggregateError of them.
 * @throws what a backend says of wrong options: a wrong call never falls back. What had started by then is disposed of.
 */
export async function startBackends(
  choices: readonly BackendChoice[],
  options: LaxconvOptions,
  loaders: Readonly<Record<BackendName, Loader>> = LOADERS,
): Promise<Started> {
  // `'auto'` is the list of all names.
  const isNamed = choices !== BACKEND_NAMES;
  const outcomes = await Promise.allSettled(
    choices.map((choice) =>
      typeof choice === 'string' ? loaders[choice](choice === 'naive' ? undefined : options[choice], isNamed) : Promise.resolve(choice),
    ),
  );
  const backends: Backend[] = [];
  const created: Backend[] = [];
  const failures: { backend: string; reason: string; error: unknown }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const choice = choices[index];
    if (outcome.status === 'fulfilled') {
      backends.push(outcome.value);
      if (typeof choice === 'string') created.push(outcome.value);
    } else {
      const error: unknown = outcome.reason;
      const backend = typeof choice === 'string' ? choice : choice.name;
      failures.push({ backend, reason: error instanceof Error ? error.message : String(error), error });
    }
  }
  const wrongCall = failures.find(({ error }) => isWrongCall(error));
  if (wrongCall !== undefined) {
    await Promise.allSettled(created.map((backend) => backend.dispose()));
    throw wrongCall.error;
  }

  const rejected = failures.map(({ backend, reason }) => ({ backend, reason }));
  if (backends.length > 0) return { backends, created, rejected };

  const reasons = rejected.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  const [first] = failures;
  const none = failures.length === 1 ? `backend ${reasons}` : `none of the backends can start (${reasons})`;
  throw refuse('backend/unavailable', none, {
    op: 'laxconv',
    argument: 'backend',
    values: { rejected },
    cause: failures.length === 1 ? first.error : new AggregateError(failures.map(({ error }) => error)),
  });
}

function isWrongCall(error: unknown): boolean {
  return isLaxconvError(error) && (error.jaxError === 'TypeError' || error.jaxError === 'ValueError');
}
