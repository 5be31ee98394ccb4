/** Which cases a run takes: the quick ones or all, or those that a pattern names. */
import { matcher } from '@laxconv/conformance';
import type { BenchCase } from './bench-case.ts';
import { CASES } from './cases.ts';
import { FAMILY_CASES } from './family-cases.ts';

const ALL: readonly BenchCase[] = [...CASES, ...FAMILY_CASES];

/** All of CASES with `full`, else the quick ones. With patterns, which `option` gave (`*` stands for anything; a comma between them), the cases that one of them matches, quick or not. Throws an Error that lists the names when none does. */
export function chooseCases(full: boolean, only?: string, option = '--only'): readonly BenchCase[] {
  if (only === undefined) return CASES.filter(({ quick }) => full || quick);
  const patterns = only.split(',').map((pattern) => matcher(pattern.trim()));
  const chosen = ALL.filter(({ name }) => patterns.some((matches) => matches(name)));
  if (chosen.length > 0) return chosen;
  throw new Error(`${option} ${only} matches no case; there are ${CASES.map(({ name }) => name).join(', ')} and family/*`);
}
