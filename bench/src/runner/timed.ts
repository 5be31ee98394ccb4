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
