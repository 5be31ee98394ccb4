/** Random calls of the lax functions with the problem that each means, made from the problem: no resolver is involved. */
import fc from 'fast-check';
import type { FunctionName } from '@laxconv/api';
import type { ConvProblem, DType } from '@laxconv/api/backend';
import { buildProblem, dilated, type DimensionParameters, type ProblemParameters } from './build-problem.ts';
import { fillArbitrary, EXACT_STYLES, type Fill } from './fill.ts';
import { parametersArbitrary } from './problem.ts';

const PADDINGS = ['explicit', 'SAME', 'SAME_LOWER', 'VALID', 'same', 'Same_Lower', 'valid'] as const;

/** A call, what it means, and what its operands hold. */
export interface LaxCall {
  readonly fn: FunctionName;
  /** After the operands. */
  readonly args: readonly unknown[];
  readonly problem: ConvProblem;
  readonly lhs: Fill;
  readonly rhs: Fill;
}

interface Ingredients {
  readonly parameters: ProblemParameters;
  readonly padding: (typeof PADDINGS)[number];
  /** Layouts as letters rather than as axis numbers; which letters. */
  readonly letters: readonly string[] | null;
  /** Use one of the functions with fewer arguments where the problem allows. */
  readonly short: boolean;
  readonly lhs: Fill;
  readonly rhs: Fill;
}

const ALPHABETS = [null, ['H', 'W', 'D'], ['2', '0', '1'], ['x', 'n', '-']] as const;

/** Calls of `lax.conv`, `lax.convWithGeneralPadding` and `lax.convGeneralDilated` on exact operands of `dtype`. */
export function laxCallArbitrary(dtype: DType, outDTypes: readonly DType[]): fc.Arbitrary<LaxCall> {
  const fill = fillArbitrary(EXACT_STYLES);
  const parameters = parametersArbitrary({ dtype, outDTypes, reversal: 'never', methods: ['auto'] });
  return fc
    .record({
      parameters,
      padding: fc.constantFrom(...PADDINGS),
      letters: fc.constantFrom(...ALPHABETS),
      short: fc.boolean(),
      lhs: fill,
      rhs: fill,
    })
    .map(callOf);
}

function callOf({ parameters, padding, letters, short, lhs, rhs }: Ingredients): LaxCall {
  const plain = { ...parameters, groupKind: 'none', lhsLayout: 0, rhsLayout: 0, outLayout: 0 } as const;
  const padded = withPadding(short ? plain : parameters, padding);
  const problem = buildProblem(padded);
  const { windowStrides, lhsDilation, rhsDilation, precision } = problem;
  const pads = padding === 'explicit' ? problem.padding : padding;
  const preferred = problem.out.dtype === problem.lhs.dtype ? {} : { preferredElementType: problem.out.dtype };
  const base = { problem, lhs, rhs };
  if (short && [...lhsDilation, ...rhsDilation].every((dilation) => dilation === 1)) {
    return { ...base, fn: 'lax.conv', args: [windowStrides, pads, { precision, ...preferred }] };
  }
  if (short)
    return {
      ...base,
      fn: 'lax.convWithGeneralPadding',
      args: [windowStrides, pads, lhsDilation, rhsDilation, { precision, ...preferred }],
    };
  return { ...base, ...generalCall(problem, pads, letters, { precision, ...preferred }) };
}

/** The spatial dimensions of letters come in the order of the rhs layout; axis numbers say it themselves. */
function generalCall(
  problem: ConvProblem,
  pads: unknown,
  letters: readonly string[] | null,
  options: object,
): Pick<LaxCall, 'fn' | 'args'> {
  const { lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount } = problem;
  const rhsAxes = rhsSpec.slice(2);
  const order = letters === null ? rhsAxes.map((_, d) => d) : rhsAxes.map((_, d) => d).sort((a, b) => rhsAxes[a] - rhsAxes[b]);
  const inOrder = <T>(values: readonly T[]): T[] => order.map((d) => values[d]);
  const layout = (spec: readonly number[], first: string, second: string): string => {
    const names = [first, second, ...(letters ?? [])];
    return spec.map((_, axis) => names[spec.indexOf(axis)]).join('');
  };
  const dimensionNumbers =
    letters === null ? { lhsSpec, rhsSpec, outSpec } : [layout(lhsSpec, 'N', 'C'), layout(rhsSpec, 'O', 'I'), layout(outSpec, 'N', 'C')];
  const padding = Array.isArray(pads) ? inOrder(pads) : pads;
  return {
    fn: 'lax.convGeneralDilated',
    args: [
      inOrder(problem.windowStrides),
      padding,
      {
        lhsDilation: inOrder(problem.lhsDilation),
        rhsDilation: inOrder(problem.rhsDilation),
        dimensionNumbers,
        featureGroupCount,
        batchGroupCount,
        ...options,
      },
    ],
  };
}

function withPadding(parameters: ProblemParameters, padding: Ingredients['padding']): ProblemParameters {
  if (padding === 'explicit') return parameters;
  return { ...parameters, dimensions: parameters.dimensions.map((dimension) => namedPadding(dimension, padding.toUpperCase())) };
}

/** What a padding string means for one dimension; strings go with an undilated lhs only. */
function namedPadding(dimension: DimensionParameters, padding: string): DimensionParameters {
  const { kernel, rhsDilation, stride } = dimension;
  const window = dilated(kernel, rhsDilation);
  const undilated = { ...dimension, lhsDilation: 1 };
  if (padding === 'VALID') return { ...undilated, input: Math.max(dimension.input, window), lo: 0, hi: 0 };
  const total = Math.max(0, (Math.ceil(dimension.input / stride) - 1) * stride + window - dimension.input);
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return padding === 'SAME' ? { ...undilated, lo: less, hi: more } : { ...undilated, lo: more, hi: less };
}
