/** A problem as the call of `lax.convGeneralDilated` that resolves to it. */
import type { Instance } from '@laxconv/api';
import type { AnyTensor, ConvProblem, Tensor } from '@laxconv/api/backend';

/** The arguments after the operands; undefined where no public call of this function gives the problem. */
export function argumentsOf(problem: ConvProblem): readonly [strides: number[], padding: [number, number][], options: object] | undefined {
  if (problem.method !== 'auto' || problem.windowReversal.includes(true)) return undefined;
  const { lhsSpec, rhsSpec, outSpec, lhsDilation, rhsDilation, featureGroupCount, batchGroupCount, precision, out, lhs } = problem;
  const options = {
    dimensionNumbers: { lhsSpec: [...lhsSpec], rhsSpec: [...rhsSpec], outSpec: [...outSpec] },
    lhsDilation: [...lhsDilation],
    rhsDilation: [...rhsDilation],
    featureGroupCount,
    batchGroupCount,
    precision,
    ...(out.dtype === lhs.dtype ? {} : { preferredElementType: out.dtype }),
  };
  return [[...problem.windowStrides], problem.padding.map(([lo, hi]) => [lo, hi]), options];
}

/** Runs the problem through the public function. */
export async function callPublicly(instance: Instance, problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): Promise<Tensor> {
  const args = argumentsOf(problem);
  if (args === undefined) throw new Error('no public call gives this problem');
  return instance.lax.convGeneralDilated(lhs, rhs, ...args);
}
