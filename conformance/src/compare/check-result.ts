/** A result held to the oracle by the bound that its plan declares. */
import { accumulatorOf, type AnyTensor, type ConvProblem, type ErrorBound } from '@laxconv/api/backend';
import { evaluate, type Reference } from '../oracle/evaluate.ts';
import { checkForm } from './check-form.ts';
import { compareExactly, compareFloats, type Target } from './compare-elements.ts';
import { allowedErrors, checkErrorBound, type Allowance } from './error-bound.ts';
import { formatOf } from './number-formats.ts';

/** One run of a problem. */
export interface RunToCheck {
  readonly problem: ConvProblem;
  /** The operands handed to the plan (their shapes' labels do not matter). */
  readonly lhs: AnyTensor;
  readonly rhs: AnyTensor;
  readonly got: AnyTensor;
  /** The plan's. */
  readonly errorBound: ErrorBound;
  /** The backend's `info.nonFinite`; 'ieee' unless said otherwise. */
  readonly nonFinite?: 'ieee' | 'unspecified' | undefined;
  /** The problem's {@link evaluate}d reference, where the caller has it already. */
  readonly reference?: Reference | undefined;
}

/** What a passed check observed. */
export interface CheckedRun {
  readonly errorOverBound: number;
  readonly reference: Reference;
}

/**
 * Holds `got` to the reference: dtype, shape and data length first, then whether the plan may declare its bound, then every element.
 * @throws ConformanceFailure naming the worst element by its position, its value, the reference and what is allowed.
 */
export function checkResult(run: RunToCheck): CheckedRun {
  checkForm(run.got, run.problem.out);
  checkErrorBound(run.problem, run.errorBound);
  const reference = run.reference ?? evaluate(run.problem, run.lhs, run.rhs);
  if (reference.kind === 'exact') {
    compareExactly(run.got, reference.values, 'the reference');
    return { errorOverBound: 0, reference };
  }
  const target = targetOf('the reference', { ...run, reference, bound: run.errorBound });
  return { errorOverBound: compareFloats(run.got, target), reference };
}

/** The reference with what a bound allows around it. */
export function targetOf(name: string, allowance: Allowance): Target {
  const { reference, problem } = allowance;
  return {
    name,
    values: reference.values,
    imaginary: reference.imaginary,
    allowed: allowedErrors(allowance),
    magnitudes: reference.magnitudes,
    overflow: formatOf(accumulatorOf(problem)).overflow,
  };
}
