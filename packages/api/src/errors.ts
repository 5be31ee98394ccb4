/**
 * Every refusal of laxconv is a `LaxconvError`: which Python exception JAX raises for the same call, which argument, which rule,
 * and the clashing values. There is one subclass per kind. Tags, not `instanceof`, identify an error, because two copies of this
 * package can be installed side by side.
 */
import { RULES, type JaxErrorName, type RuleId } from './rules.ts';
import type { ConvProblem } from './problem/problem.ts';

/** What a refusal says beside its sentence. */
export interface Refusal {
  /** The function called, such as `'lax.convGeneralDilated'`. */
  readonly op: string;
  /** The argument at fault, by its name in the signature. */
  readonly argument: string;
  /** The rule that was broken; `docs/semantics.md` lists them. */
  readonly rule: RuleId;
  /** The clashing values, by name. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const TAG = Symbol.for('laxconv.error');
const UNSUPPORTED = Symbol.for('laxconv.unsupported-problem');

/** Base class of all refusals. Test with {@link isLaxconvError}. */
export class LaxconvError extends Error {
  /** The Python exception class that JAX raises for the same call. */
  readonly jaxError: JaxErrorName;
  /** The function called, such as `'lax.convGeneralDilated'`. */
  readonly op: string;
  /** The argument at fault, by its name in the signature. */
  readonly argument: string;
  /** The rule that was broken; `docs/semantics.md` lists them. */
  readonly rule: RuleId;
  /** The clashing values, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What {@link isLaxconvError} looks for. */
  readonly [TAG] = true;

  constructor(jaxError: JaxErrorName, message: string, refusal: Refusal) {
    super(`${refusal.op}: ${message}`, refusal.cause === undefined ? undefined : { cause: refusal.cause });
    this.name = 'LaxconvError';
    this.jaxError = jaxError;
    this.op = refusal.op;
    this.argument = refusal.argument;
    this.rule = refusal.rule;
    this.values = refusal.values ?? {};
  }
}

/** A value that the rules do not allow: JAX raises ValueError. */
export class LaxconvValueError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('ValueError', message, refusal);
    this.name = 'LaxconvValueError';
  }
}

/** An argument of the wrong type, or too many or too few of them: JAX raises TypeError. */
export class LaxconvTypeError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('TypeError', message, refusal);
    this.name = 'LaxconvTypeError';
  }
}

/** An axis that does not exist: JAX raises IndexError. */
export class LaxconvIndexError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('IndexError', message, refusal);
    this.name = 'LaxconvIndexError';
  }
}

/** Something failed while running (lost device, out of memory, use after dispose), or JAX raises RuntimeError. */
export class LaxconvRuntimeError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('RuntimeError', message, refusal);
    this.name = 'LaxconvRuntimeError';
  }
}

/** A documented feature of the function that JAX does not implement: JAX raises NotImplementedError. */
export class LaxconvNotImplementedError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('NotImplementedError', message, refusal);
    this.name = 'LaxconvNotImplementedError';
  }
}

/** A precondition that JAX asserts: JAX raises AssertionError. */
export class LaxconvAssertionError extends LaxconvError {
  constructor(message: string, refusal: Refusal) {
    super('AssertionError', message, refusal);
    this.name = 'LaxconvAssertionError';
  }
}

/** A backend's own refusal: the problem is valid, but this backend cannot run it. */
export class UnsupportedProblemError extends LaxconvError {
  /** The backend's name. */
  readonly backend: string;
  /** What it cannot do. */
  readonly reason: string;
  /** The problem that it cannot run. */
  readonly problem: ConvProblem;
  /** What {@link isUnsupportedProblem} looks for. */
  readonly [UNSUPPORTED] = true;

  constructor(backend: string, reason: string, problem: ConvProblem, cause?: unknown) {
    super('NotImplementedError', reason, {
      op: `backend ${backend}`,
      argument: 'problem',
      rule: 'backend/unsupported',
      values: { backend, reason },
      cause,
    });
    this.name = 'UnsupportedProblemError';
    this.backend = backend;
    this.reason = reason;
    this.problem = problem;
  }
}

/**
 * True for every laxconv error, of whichever installed copy of the package.
 *
 * @example
 * try {
 *   tensor([1, 2], [3]);
 * } catch (error) {
 *   isLaxconvError(error) && [error.jaxError, error.rule, error.argument]; // → ['ValueError', 'tensor/length', 'data']
 * }
 */
export function isLaxconvError(error: unknown): error is LaxconvError {
  return isTagged(error, TAG);
}

/**
 * True for a backend's {@link UnsupportedProblemError}, of whichever installed copy of the package.
 *
 * @example
 * const [problem] = resolve({ fn: 'numpy.convolve', operands: [zeros([4], 'float32'), zeros([2], 'float32')], args: [] });
 * const refusal = new UnsupportedProblemError('mine', 'float32 is not supported', problem);
 * isUnsupportedProblem(refusal); // → true
 */
export function isUnsupportedProblem(error: unknown): error is UnsupportedProblemError {
  return isLaxconvError(error) && isTagged(error, UNSUPPORTED);
}

/** Anything may be thrown: a proxy that does not like to be asked is no error of ours. */
function isTagged(error: unknown, tag: symbol): boolean {
  try {
    return typeof error === 'object' && error !== null && tag in error;
  } catch {
    return false;
  }
}

const CLASSES = {
  ValueError: LaxconvValueError,
  TypeError: LaxconvTypeError,
  IndexError: LaxconvIndexError,
  RuntimeError: LaxconvRuntimeError,
  NotImplementedError: LaxconvNotImplementedError,
  AssertionError: LaxconvAssertionError,
} as const;

/**
 * The error for a broken rule, of the class that JAX raises for it.
 *
 * @param rule The rule's id; `RULES` lists them.
 * @param message What is wrong, beginning with the argument.
 * @param refusal The function, the argument and the clashing values.
 * @example
 * const error = refuse('mode/unknown', "mode must be 'full', 'same' or 'valid', got 'all'", {
 *   op: 'numpy.convolve',
 *   argument: 'mode',
 *   values: { mode: 'all' },
 * });
 * error.jaxError; // → 'ValueError'
 * error.message; // → "numpy.convolve: mode must be 'full', 'same' or 'valid', got 'all'"
 */
export function refuse(rule: RuleId, message: string, refusal: Omit<Refusal, 'rule'>): LaxconvError {
  return new CLASSES[RULES[rule].jaxError](message, { ...refusal, rule });
}
