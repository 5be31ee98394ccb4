/** What a run showed of each kernel: how many tests ran it, and how much of its declared bound it ever used. */
import type { RunResult } from './result.ts';

/** What a run showed of one kernel. */
export interface KernelSummary {
  readonly kernel: string;
  readonly tests: number;
  /** Largest |got − reference| / allowed; 1 is the limit. */
  readonly errorOverBound: number;
}

/** A summary per kernel, in the order of their names. */
export function kernelSummaries({ tests }: Pick<RunResult, 'tests'>): KernelSummary[] {
  const kernels = new Map<string, { tests: number; errorOverBound: number }>();
  for (const { kernel, errorOverBound } of tests.flatMap((test) => test.kernels)) {
    const seen = kernels.get(kernel) ?? { tests: 0, errorOverBound: 0 };
    kernels.set(kernel, { tests: seen.tests + 1, errorOverBound: Math.max(seen.errorOverBound, errorOverBound) });
  }
  return Array.from(kernels, ([kernel, seen]) => ({ kernel, ...seen })).sort((a, b) => (a.kernel < b.kernel ? -1 : 1));
}

/** A bound this many times looser than what its kernel ever shows says too little. */
export const LOOSE = 100;

/** Whether a kernel's declared bound is far from what it shows. Exact kernels have no bound to use. */
export function isLoose({ errorOverBound }: KernelSummary): boolean {
  return errorOverBound > 0 && errorOverBound < 1 / LOOSE;
}
