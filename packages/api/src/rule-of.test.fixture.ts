/** For the tests: which rule a call breaks. */
import { isLaxconvError } from './errors.ts';
import type { RuleId } from './rules.ts';

/** The rule that `action` is refused by; undefined when it is not. Errors that are no refusals pass through. */
export function ruleOf(action: () => unknown): RuleId | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (isLaxconvError(error)) return error.rule;
    throw error;
  }
}

/** The same for a promise. */
export async function ruleOfPromise(promise: Promise<unknown>): Promise<RuleId | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (isLaxconvError(error)) return error.rule;
    throw error;
  }
}
