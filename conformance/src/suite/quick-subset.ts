/**
 * The quick subset of the suite: of the goldens, one for every function × dtype × family × outcome (a value, or the rule that is
 * broken); of every other family, every test. Which these are follows from the suite alone, so it is the same everywhere.
 */
import type { ConformanceTest } from './test.ts';

/** The tests of the quick subset, in the suite's order. */
export function quickSubset<T extends Pick<ConformanceTest, 'id' | 'family' | 'explain'>>(tests: readonly T[]): T[] {
  const seen = new Set<string>();
  return tests.filter((test) => {
    const key = kindOf(test);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

function kindOf({ id, family, explain }: Pick<ConformanceTest, 'id' | 'family' | 'explain'>): string {
  if (family !== 'golden' && family !== 'validation') return id;
  const { call, outcome } = explain() as ExplainedGolden;
  const [operand] = call.operands;
  const cases = /:(.*?)\//.exec(id)?.[1];
  return [family, cases, call.fn, operand?.dtype, outcome.rule ?? outcome.kind].join(' ');
}

/** What a golden's `explain` says, as far as it is needed here. */
interface ExplainedGolden {
  readonly call: { readonly fn: string; readonly operands: readonly { readonly dtype?: string }[] };
  readonly outcome: { readonly kind: string; readonly rule?: string };
}
