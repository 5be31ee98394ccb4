/**
 * Random calls of `lax.convTranspose` with the convolution that each means: lhs dilated by the strides, stride 1, and for
 * `transposeKernel` a kernel read backwards with its feature axes exchanged.
 */
import fc from 'fast-check';
import type { ConvProblem, DType } from '@laxconv/api/backend';
import { buildProblem, dilated, type DimensionParameters, type ProblemParameters } from '../../arbitraries/build-problem.ts';
import { parametersArbitrary } from '../../arbitraries/problem.ts';

/** Paddings of the dilated input, paddings of the forward convolution, and the strings. */
const PADDINGS = ['pairs', 'consistent', 'SAME', 'VALID'] as const;
type PaddingForm = (typeof PADDINGS)[number];

/** The arguments after the operands, and what they mean. */
export interface TransposeCall {
  readonly args: readonly unknown[];
  readonly problem: ConvProblem;
}

/** Calls on operands of `dtype`, accumulated in one of `outDTypes`; `transposeKernel` as given, else either. */
export function transposeCallArbitrary(dtype: DType, outDTypes: readonly DType[], transposeKernel?: boolean): fc.Arbitrary<TransposeCall> {
  const limits = { dtype, outDTypes, maxStride: 1, groupKinds: ['none'], reversal: 'never', methods: ['auto'] } as const;
  return fc
    .record({
      parameters: parametersArbitrary(limits),
      padding: fc.constantFrom(...PADDINGS),
      isTransposed: transposeKernel === undefined ? fc.boolean() : fc.constant(transposeKernel),
    })
    .map(({ parameters, padding, isTransposed }) => callOf(parameters, padding, isTransposed));
}

function callOf(parameters: ProblemParameters, padding: PaddingForm, transposeKernel: boolean): TransposeCall {
  const dimensions = parameters.dimensions.map((dimension) => ({ ...padded(dimension, padding), reversed: transposeKernel }));
  const problem = buildProblem({ ...parameters, dimensions });
  const { lhsSpec, outSpec, lhsDilation, rhsDilation, precision } = problem;
  const [outFeature, inFeature, ...spatial] = problem.rhsSpec;
  const rhsSpec = transposeKernel ? [inFeature, outFeature, ...spatial] : problem.rhsSpec;
  const options = {
    rhsDilation,
    dimensionNumbers: { lhsSpec, rhsSpec, outSpec },
    transposeKernel,
    useConsistentPadding: padding === 'consistent',
    precision,
    ...(problem.out.dtype === problem.lhs.dtype ? {} : { preferredElementType: problem.out.dtype }),
  };
  return { args: [lhsDilation, paddingArgument(problem, padding), options], problem };
}

function paddingArgument({ padding, rhs, rhsSpec, rhsDilation }: ConvProblem, form: PaddingForm): unknown {
  if (form === 'pairs') return padding;
  if (form !== 'consistent') return form;
  return padding.map((pair, d) => pair.map((size) => dilated(rhs.shape[rhsSpec[d + 2]], rhsDilation[d]) - 1 - size));
}

/** What a padding string stands for: 'SAME' gives stride times the input's size, 'VALID' all that the window reaches. */
function padded(dimension: DimensionParameters, form: PaddingForm): DimensionParameters {
  if (form === 'pairs' || form === 'consistent') return dimension;
  const { kernel, rhsDilation, lhsDilation: stride } = dimension;
  const window = dilated(kernel, rhsDilation);
  if (form === 'VALID') return { ...dimension, lo: window - 1, hi: stride - 1 + Math.max(window - stride, 0) };
  const lo = stride > window - 1 ? window - 1 : Math.ceil((window + stride - 2) / 2);
  return { ...dimension, lo, hi: window + stride - 2 - lo };
}
