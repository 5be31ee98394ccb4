/** A pause in which everything else may run: other processes' threads go to sleep, and a browser paints. */

/** Resolves after about `ms`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
