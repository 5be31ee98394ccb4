/**
 * Where an instance meets a backend, which may be anybody's: whatever it throws becomes a LaxconvError, and what it gives is looked at
 * before it is used. A third party's slip is then a sentence that names the backend, not a TypeError out of our code or a wrong tensor.
 */
import { isLaxconvError, refuse, type LaxconvError } from '../errors.ts';
import type { Backend, BoundConv, ConvPlan, OperandTensor, RunOptions } from '../problem/backend.ts';
import { checkOperand } from '../problem/check-operand.ts';
import type { ConvProblem } from '../problem/problem.ts';
import { describe, saidBy } from '../tensor/describe.ts';
import { readSpec } from '../tensor/read-tensor.ts';
import { checkData, type AnyTensor } from '../tensor/tensor.ts';

/** The one call that takes an `out`. */
const RUN = 'PreparedConv.run';

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
  const checked = <T extends OperandTensor>(step: string, result: T, out: AnyTensor | undefined): T => {
    if (out !== undefined) {
      // It was whole when the run began: what is wrong with it now, the caller did.
      checkUnchanged(out, problem);
      if (result === out) return result;
      throw fault(backend, step, new TypeError('it returned another tensor than the out that it was given'));
    }
    try {
      readSpec('run', 'result', result);
      checkOperand('run', 'result', result, problem.out);
    } catch (cause) {
      throw fault(backend, step, cause);
    }
    return result;
  };
  const stopped = (step: string, error: unknown, out: AnyTensor | undefined): LaxconvError => {
    // Writing to memory that is gone fails in many ways.
    if (out !== undefined && !isLaxconvError(error)) checkUnchanged(out, problem, error);
    return failed(backend, step, error);
  };
  const { runSync } = bound;
  return {
    async run(lhs, options) {
      const out = options?.out;
      try {
        return checked('run', await bound.run(lhs, options), out);
      } catch (error) {
        throw stopped('run', error, out);
      }
    },
    ...(runSync === undefined
      ? {}
      : {
          runSync(lhs, options?: RunOptions) {
            const out = options?.out;
            try {
              return checked('runSync', runSync.call(bound, lhs, options), out);
            } catch (error) {
              throw stopped('runSync', error, out);
            }
          },
        }),
    dispose: () => ask(backend, 'dispose', () => bound.dispose()),
  };
}

/** Refuses an `out` that was transferred, detached or resized while it was to be written; `cause` is what that led to. */
function checkUnchanged(out: AnyTensor, { out: { dtype, shape } }: ConvProblem, cause?: unknown): void {
  try {
    checkData(RUN, 'out', dtype, shape, out.data);
  } catch (error) {
    if (!isLaxconvError(error)) throw error;
    const { rule, message, op, argument, values } = error;
    const found = message.slice(`${op}: `.length);
    throw refuse(rule, `out was changed during the run: ${found}`, { op, argument, values, cause: cause ?? error });
  }
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
  const reason = saidBy(cause);
  return refuse('backend/failed', `failed: ${reason}`, {
    op: `backend ${backend}: ${what}`,
    argument: 'backend',
    values: { backend, step: what },
    cause,
  });
}
