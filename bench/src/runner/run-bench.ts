/**
 * Runs cases one after the other and gathers the result file. An interrupt keeps what is done. Runs in Node and in browsers alike: what
 * only one of them can know, the environment, is handed in.
 */
import type { Backend } from '@laxconv/api/backend';
import type { BenchCase } from '../cases/bench-case.ts';
import { problemOf } from '../cases/task-of.ts';
import type { BenchCaseResult, BenchEnvironment, BenchResult, PeerRecord } from '../result/result.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { runCase } from './run-case.ts';
import { roundsOf } from './time-interleaved.ts';

export interface BenchRunOptions {
  readonly cases: readonly BenchCase[];
  /** Ours, then the peers that started. */
  readonly backends: readonly Backend[];
  /** Which of them are peers, and which peers did not start. */
  readonly peers?: readonly PeerRecord[];
  /** Starts a backend anew; asked after a case in which it failed. */
  readonly restart?: (backend: Backend) => Promise<Backend>;
  readonly mode: 'quick' | 'full';
  /** Where this runs, for the record. */
  readonly environment: BenchEnvironment;
  /**
   * Pause in ms before a contender's turn. Default: none without peers. A page that is to be painted in between needs one.
   */
  readonly settleMs?: number;
  /** The filter that chose the cases, for the record. */
  readonly only?: string | undefined;
  readonly signal: AbortSignal;
  readonly onStep?: (progress: BenchProgress) => void;
  /** The result so far, after every case. */
  readonly onCase?: (result: BenchResult) => Promise<void>;
}

/** Where a run is: a fraction of the planned work, and what was just done. */
export interface BenchProgress {
  readonly fraction: number;
  readonly caseIndex: number;
  readonly caseCount: number;
  readonly what: string;
}

/** Quick answers "roughly how fast, and right?"; full is for numbers that are kept. */
const EFFORT = {
  quick: { rounds: 5, roundMs: 60, warmUpMs: 40 },
  full: { rounds: 9, roundMs: 150, warmUpMs: 150 },
} as const;

/** Some peers' threads spin for about this long after a call. */
const SETTLE_MS = 15;

export async function runBench(options: BenchRunOptions): Promise<BenchResult> {
  const { cases, peers = [], mode, environment, only, signal, onStep, onCase } = options;
  const { settleMs = peers.length > 0 ? SETTLE_MS : 0 } = options;
  const startedAt = new Date().toISOString();
  const done: BenchCaseResult[] = [];
  const resultSoFar = (complete: boolean): BenchResult => ({
    format: 'laxconv-bench/1',
    startedAt,
    complete,
    mode,
    only: only ?? null,
    environment,
    peers: [...peers],
    cases: [...done],
  });

  const costs = cases.map((benchCase) => costOf(benchCase, mode));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let spent = 0;
  let { backends } = options;
  for (const [caseIndex, benchCase] of cases.entries()) {
    if (signal.aborted) break;
    const before = spent;
    const report = (stepsDone: number, planned: number, what: string): void =>
      onStep?.({
        fraction: (before + (costs[caseIndex] * stepsDone) / planned) / total,
        caseIndex,
        caseCount: cases.length,
        what: `${benchCase.name} ${what}`,
      });
    const result = await runCase(benchCase, backends, { ...EFFORT[mode], settleMs, signal, onStep: report });
    done.push(result);
    backends = await restartFailed(backends, result, options.restart);
    spent += costs[caseIndex];
    await onCase?.(resultSoFar(false));
  }
  return resultSoFar(!signal.aborted);
}

async function restartFailed(
  backends: readonly Backend[],
  { results }: BenchCaseResult,
  restart: BenchRunOptions['restart'],
): Promise<readonly Backend[]> {
  const failed = new Set(results.filter(({ status }) => status === 'failed').map(({ backend }) => backend));
  return Promise.all(backends.map(async (backend) => (restart !== undefined && failed.has(backend.name) ? restart(backend) : backend)));
}

/** Guessed for the remaining time only: a backend that does no better than this many multiply-adds per ms. */
const SLOW = 3e5;

/** About how many ms a case takes on one backend. */
function costOf(benchCase: BenchCase, mode: 'quick' | 'full'): number {
  const { roundMs } = EFFORT[mode];
  const once = multiplyAddsOf(problemOf(benchCase)) / SLOW;
  return (
    (benchCase.overhead === true ? 4 : benchCase.publicCall === true ? 2 : 1) * (roundsOf(once, EFFORT[mode]) + 2) * Math.max(roundMs, once)
  );
}
