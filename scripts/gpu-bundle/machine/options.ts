/** The arguments of `run.sh`. */
import { parseArgs } from 'node:util';

export const USAGE = `./run.sh [options]

  --quick       fewer random runs, and the benchmark's quick cases in short rounds
  --tune        time the backend with tuned kernels too: each case is prepared by trying them out
  --software    take an adapter that computes on the CPU, where there is no other
  --results DIR where the results go (default: ./results)
  --help        this text

Exit code 0: all as expected; 1: something is not; 2: could not run.`;

export interface RunOptions {
  readonly quick: boolean;
  readonly software: boolean;
  readonly tune: boolean;
  readonly results: string;
  readonly help: boolean;
}

/** Throws a TypeError whose sentence says which argument is wrong. */
export function readOptions(args: readonly string[]): RunOptions {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { quick: flag, software: flag, tune: flag, help: flag, results: { type: 'string', default: 'results' } },
  });
  return values;
}
