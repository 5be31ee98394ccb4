/** Small changes to a problem: other fields, other sizes along an axis. */
import { freezeProblem, type ConvProblem, type DType, type TensorSpec } from '@laxconv/api/backend';
import { outDTypesOf } from '../../arbitraries/out-dtypes.ts';

/** `problem` with some fields replaced. */
export function changed(problem: ConvProblem, fields: Partial<ConvProblem>): ConvProblem {
  return freezeProblem({ ...problem, ...fields });
}

/** `spec` with another size along an axis. */
export function resized(spec: TensorSpec, axis: number, size: number): TensorSpec {
  return { dtype: spec.dtype, shape: spec.shape.with(axis, size) };
}

/** One value for every spatial dimension of `problem`. */
export function everywhere<T>(problem: ConvProblem, value: T): T[] {
  return problem.windowStrides.map(() => value);
}

/** The output dtypes for random problems: the operands' own half the time, else any other that is allowed. */
export function someOutDTypes(dtype: DType, allowed: (out: DType) => boolean = () => true): DType[] {
  const others = outDTypesOf(dtype).filter((out) => out !== dtype && allowed(out));
  const own = allowed(dtype) ? new Array<DType>(Math.max(1, others.length)).fill(dtype) : [];
  return [...own, ...others];
}
