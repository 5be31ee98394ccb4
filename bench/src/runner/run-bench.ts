/** Runs cases one after the other and gathers the result file. An interrupt keeps what is done. */
import { resolve } from '@laxconv/api';
import type { Backend } from '@laxconv/api/backend';
import type { BenchCase } from '../cases/bench-case.ts';
import type { BenchCaseResult, BenchResult } from '../result/result.ts';
import { readEnvironment } from './environment.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { kindsOf, runCase } from './run-case.ts';

export interface BenchRunOptions {
  readonly cases: readonly BenchCase[];
  readonly backends: readonly Backend[];
  readonly mode: 'quick' | 'full';
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
  full: { rounds: 11, roundMs: 400, warmUpMs: 250 },
} as const;

export async function runBench(options: BenchRunOptions): Promise<BenchResult> {
  const { cases, backends, mode, only, signal, onStep, onCase } = options;
  const environment = await readEnvironment();
  const startedAt = new Date().toISOString();
  const done: BenchCaseResult[] = [];
  const resultSoFar = (complete: boolean): BenchResult => ({
    format: 'laxconv-bench/1',
    startedAt,
    complete,
    mode,
    only: only ?? null,
    environment,
    cases: [...done],
  });

  const costs = cases.map((benchCase) => costOf(benchCase, mode));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let spent = 0;
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
    done.push(await runCase(benchCase, backends, { ...EFFORT[mode], signal, onStep: report }));
    spent += costs[caseIndex];
    await onCase?.(resultSoFar(false));
  }
  return resultSoFar(!signal.aborted);
}

/** Guessed for the remaining time only: a backend that does no better than this many multiply-adds per ms. */
const SLOW = 3e5;

/** About how many ms a case takes on one backend. */
function costOf(benchCase: BenchCase, mode: 'quick' | 'full'): number {
  const { rounds, roundMs } = EFFORT[mode];
  const once = resolve(benchCase.call).reduce((sum, problem) => sum + multiplyAddsOf(problem), 0) / SLOW;
  return kindsOf(benchCase).length * (rounds + 2) * Math.max(roundMs, once);
}
