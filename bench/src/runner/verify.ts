/** Verify before time: a result is held to the conformance kit's oracle by the bound that its plan declares. */
import { sizeOf, type ErrorBound, type Tensor } from '@laxconv/api/backend';
import { checkResult, type Reference } from '@laxconv/conformance';
import { messageOf } from '../format/message-of.ts';
import type { Task } from '../cases/task-of.ts';

export type Verdict = { readonly right: true; readonly errorOverBound: number } | { readonly right: false; readonly reason: string };

/** What checks the results of one task; the reference is evaluated once. */
export function verifierOf({ problem, lhs, rhs }: Task): (got: Tensor, errorBound: ErrorBound) => Verdict {
  let known: Reference | undefined;
  return (result, errorBound) => {
    // A public function labels the result as the caller sees it: [n] for [1, 1, n].
    const got = sizeOf(result.shape) === sizeOf(problem.out.shape) ? { ...result, shape: problem.out.shape } : result;
    try {
      const { errorOverBound, reference } = checkResult({ problem, lhs, rhs, got, errorBound, reference: known });
      known = reference;
      return { right: true, errorOverBound };
    } catch (error) {
      return { right: false, reason: messageOf(error) };
    }
  };
}
