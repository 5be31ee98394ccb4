/** What a run does where it is not told otherwise. */
export const DEFAULTS = {
  /** Fixed, so that a run can be repeated without being told; `--seed` varies it. */
  seed: 1701,
  /** Random runs for each property. */
  runs: 100,
  /** Seconds per test. */
  timeout: 60,
} as const;
