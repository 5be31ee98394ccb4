/**
 * Where an instance meets a backend, which may be anybody's: whatever it throws becomes a LaxconvError, and what it gives is looked at
 * before it is used. A third party's slip is then a sentence that names the backend, not a TypeError out of our code or a wrong tensor.
 */
import { isLaxconvError, refuse, type LaxconvError } from '../errors.ts';
import type { Backend, BoundConv, ConvPlan, OperandTensor, RunOptions } from '../problem/backend.ts';
import { checkOperand } from '../problem/check-operand.ts';
import type { ConvProblem } from '../problem/problem.ts';
import { checkSpec, describe } from '../tensor/tensor.ts';

/** Asks a backend for something: failures, thrown or rejected, are LaxconvErrors. */
export async function ask<T>(backend: string, what: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw failed(backend, what, error);
  }
}

/** A new plan of `backend`. */
export async function preparePlan(backend: Backend, problem: ConvProblem): Promise<ConvPlan> {
  const { name } = backend;
  const plan = await ask(name, 'prepare', () => backend.prepare(problem));
  checkForm(name, 'prepare', plan, ['bindRhs', 'dispose']);
  const { kernel, errorBound, reasons } = plan;
  return {
    kernel,
    errorBound,
    ...(reasons === undefined ? {} : { reasons }),
    async bindRhs(rhs) {
      const bound = await ask(name, 'bindRhs', () => plan.bindRhs(rhs));
      checkForm(name, 'bindRhs', bound, ['run', 'dispose']);
      return checkedBound(name, problem, bound);
    },
    dispose: () => ask(name, 'dispose', () => plan.dispose()),
  };
}

function checkedBound(backend: string, problem: ConvProblem, bound: BoundConv): BoundConv {
  const checked = <T extends OperandTensor>(result: T): T => {
    try {
      checkSpec('run', 'result', result);
      checkOperand('run', 'result', result, problem.out);
    } catch (cause) {
      throw fault(backend, 'run', cause);
    }
    return result;
  };
  const { runSync } = bound;
  return {
    async run(lhs, options) {
      try {
        return checked(await bound.run(lhs, options));
      } catch (error) {
        throw failed(backend, 'run', error);
      }
    },
    ...(runSync === undefined
      ? {}
      : {
          runSync(lhs, options?: RunOptions) {
            try {
              return checked(runSync.call(bound, lhs, options));
            } catch (error) {
              throw failed(backend, 'runSync', error);
            }
          },
        }),
    dispose: () => ask(backend, 'dispose', () => bound.dispose()),
  };
}

function checkForm(backend: string, what: string, value: unknown, methods: readonly string[]): void {
  const isWhole =
    typeof value === 'object' && value !== null && methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
  if (isWhole) return;
  throw fault(backend, what, new TypeError(`it gave ${describe(value)}, which must have ${methods.join(' and ')}`));
}

function failed(backend: string, what: string, error: unknown): LaxconvError {
  return isLaxconvError(error) ? error : fault(backend, what, error);
}

function fault(backend: string, what: string, cause: unknown): LaxconvError {
  const reason = cause instanceof Error ? cause.message : describe(cause);
  return refuse('backend/failed', `failed: ${reason}`, {
    op: `backend ${backend}: ${what}`,
    argument: 'backend',
    values: { backend, step: what },
    cause,
  });
}
