/** An input that lies on the shared GPU: what is timed leaves the result there, and waits until it is computed. */
import { politely } from '../gpu/politely.ts';
import type { SharedGpu } from '../gpu/shared-gpu.ts';
import { timedUntilDone } from '../runner/timed.ts';
import type { Numbers, StagedInput } from './peer.ts';

export interface GpuStaging<Result> {
  /** Submits one convolution. */
  run(): Result | Promise<Result>;
  /** What it computed, in JavaScript memory; the result's own is given back. */
  read(result: Result): Promise<Numbers>;
  /** Gives the memory of a result back; the GPU may still be writing to it. */
  free(result: Result): void;
  /** Gives the input's memory back. */
  dispose(): void;
}

/** The staged input. */
export function stagedOnGpu<Result>(gpu: SharedGpu, { run, read, free, dispose }: GpuStaging<Result>): StagedInput {
  const runAndFree = (): void | Promise<void> => {
    const result = run();
    return result instanceof Promise ? result.then(free) : free(result);
  };
  return {
    run: async () => politely(read(await run())),
    sample: timedUntilDone(runAndFree, gpu.done),
    onDevice: true,
    dispose,
  };
}
