/** For libraries that do one thing at a time, and hang or mix things up when asked for a second. */

/** What runs tasks in the order in which they came, each when the one before has ended, however it ended. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
