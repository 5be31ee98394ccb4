/** A benchmark's result in its compact form: its samples are what it weighs. */
import type { BenchCaseResult, BenchResult, ImplementationResult, Measured } from '../result/result.ts';
import { listsOf, rounded, stepsOf, type Steps } from './digits.ts';

/** Everything as it is, but for the rounds. */
export interface CompactBench {
  readonly compact: 'bench';
  readonly result: Omit<BenchResult, 'cases'>;
  readonly cases: readonly (Omit<BenchCaseResult, 'results'> & { readonly results: readonly CompactImplementation[] })[];
}

type CompactImplementation = Exclude<ImplementationResult, Measured> | (Omit<Measured, 'rounds'> & { readonly steps: Steps });

/** Compacts a benchmark. */
export function compactBench({ cases, ...result }: BenchResult): CompactBench {
  return {
    compact: 'bench',
    result,
    cases: cases.map(({ results, ...about }) => ({
      ...about,
      results: results.map((each) => {
        if (each.status !== 'measured') return each;
        const { rounds, ...facts } = each;
        return { ...facts, prepareMs: rounded(facts.prepareMs), errorOverBound: rounded(facts.errorOverBound), steps: stepsOf(rounds) };
      }),
    })),
  };
}

/** The benchmark again. */
export function expandBench({ result, cases }: CompactBench): unknown {
  return {
    ...result,
    cases: cases.map(({ results, ...about }) => ({
      ...about,
      results: results.map((each) => {
        if (each.status !== 'measured') return each;
        const { steps, ...facts } = each;
        return { ...facts, rounds: listsOf(steps) };
      }),
    })),
  };
}
