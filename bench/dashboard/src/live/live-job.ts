/** What a run is asked for, and what it tells of itself: plain data, for it may go on in a worker. */
import type { ReadGolden, RunStart, TestResult } from '@laxconv/conformance';
import type { BenchResult } from '../../../src/result/result.ts';
import type { BenchProgress } from '../../../src/runner/run-bench.ts';

/** A run of the suite on one backend, or of the benchmark on several; backends by their names in the page. */
export type LiveJob =
  | { readonly what: 'suite'; readonly backend: string; readonly quick: boolean }
  | { readonly what: 'benchmark'; readonly backends: readonly string[]; readonly commit: string | null };

/** What happens in a run. All that it has done until then can be put together from them. */
export type LiveEvent =
  | { readonly type: 'start'; readonly start: RunStart }
  | { readonly type: 'test'; readonly result: TestResult }
  | { readonly type: 'step'; readonly progress: BenchProgress }
  | { readonly type: 'case'; readonly soFar: BenchResult };

/** What a run needs of the thread that it runs in. */
export interface JobContext {
  readonly read: ReadGolden;
  /** Heard between two tests, or two rounds of the benchmark. */
  readonly signal: AbortSignal;
  readonly tell: (event: LiveEvent) => void;
}
