/** How many ms some calls of a contender took: by this process's clock, or by the contender's own where it computes elsewhere. */

/** The ms that `calls` calls took altogether. */
export type Sample = (calls: number) => Promise<number>;

/** Awaits each call. What returns no promise is not awaited, so that a synchronous library pays for no microtask. */
export function timed(run: () => unknown): Sample {
  return async (calls) => {
    const started = performance.now();
    for (let call = 0; call < calls; call++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    return performance.now() - started;
  };
}

/** Where calls only submit: one wait for all of them, until `done` says that the last has been computed. */
export function timedUntilDone(run: () => unknown, done: () => Promise<unknown>): Sample {
  const submit = timed(run);
  return async (calls) => {
    const started = performance.now();
    await submit(calls);
    await done();
    return performance.now() - started;
  };
}
