/** The contract family: what a backend promises beside the numbers (docs/adding-a-backend.md), one test per rule and dtype. */
import { DTYPE_NAMES } from '@laxconv/api/backend';
import type { ConformanceTest } from '../../suite/test.ts';
import { CACHE_RULES } from './cache-rules.ts';
import { DATA_RULES } from './data-rules.ts';
import { DECLARATION_RULES } from './declaration-rules.ts';
import { LIFETIME_RULES } from './lifetime-rules.ts';
import { OPERAND_RULES } from './operand-rules.ts';
import { OUT_RULES } from './out-rules.ts';
import { PREPARED_RULES } from './prepared-rules.ts';
import { contractTest } from './workbench.ts';

const RULES = [...DECLARATION_RULES, ...DATA_RULES, ...OUT_RULES, ...OPERAND_RULES, ...LIFETIME_RULES, ...CACHE_RULES, ...PREPARED_RULES];

/** All contract tests. */
export function contractTests(): ConformanceTest[] {
  return DTYPE_NAMES.flatMap((dtype) =>
    RULES.filter((rule) => rule.dtypes === undefined || rule.dtypes(dtype)).map((rule) => contractTest(rule, dtype)),
  );
}
