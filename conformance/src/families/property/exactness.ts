/** Results that are known exactly: a kernel with a single 1, integers in BigInt arithmetic, bool, and one rounding of an exact sum. */
import fc from 'fast-check';
import { allocate, DTYPES, type DType, type Tensor } from '@laxconv/api/backend';
import { buildProblem, type ProblemParameters } from '../../arbitraries/build-problem.ts';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import { encoderOf } from '../../arbitraries/elements.ts';
import { fillArbitrary, fillTensor, INTEGER_STYLES, type Fill, type FillStyle } from '../../arbitraries/fill.ts';
import { inverse } from '../../arbitraries/permutation.ts';
import { parametersArbitrary } from '../../arbitraries/problem.ts';
import { someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import { bigintConvolution, explicitLhs } from '../random/materialise.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { randomTest } from '../random/random-test.ts';
import { permute, reindex, slice } from '../random/reindex.ts';

interface Delta {
  readonly parameters: ProblemParameters;
  readonly lhs: Fill;
  readonly tap: number;
}

/** A kernel that copies one place of its window shows the lhs itself: dilated, padded, strided. */
async function deltaHolds(lab: Lab, { parameters, lhs, tap }: Delta): Promise<void> {
  const problem = buildProblem({ ...parameters, outFeatures: parameters.inFeatures });
  const kernel = parameters.dimensions.map(({ kernel: size }) => tap % size);
  const one = scalarOne(problem.rhs.dtype);
  const rhs = reindex(one, problem.rhs.shape, (position) => {
    const [o, i, ...k] = problem.rhsSpec.map((axis) => position[axis]);
    return o === i && k.every((index, d) => index === kernel[d]) ? [0] : null;
  });
  const x = fillTensor(problem.lhs, lhs, problem.out.dtype);
  let expected = explicitLhs(problem, x);
  for (const [d, size] of kernel.entries()) {
    const at = problem.windowReversal[d] ? parameters.dimensions[d].kernel - 1 - size : size;
    expected = slice(expected, d + 2, at * problem.rhsDilation[d], problem.out.shape[problem.outSpec[d + 2]], problem.windowStrides[d]);
  }
  lab.same(
    await lab.convolve(problem, x, rhs),
    permute(expected, inverse(problem.outSpec)),
    'A kernel with a single 1 does not copy the lhs',
  );
}

function scalarOne(dtype: DType): Tensor {
  const data = allocate(dtype, 1);
  const element: { [index: number]: number | bigint } = data;
  element[0] = encoderOf(dtype)(1);
  return { dtype, shape: [1], data };
}

async function bigintHolds(lab: Lab, convolution: Convolution, rule: string): Promise<void> {
  const { problem } = convolution;
  const { lhs, rhs } = operandsOf(convolution);
  lab.same(await lab.convolve(problem, lhs, rhs), bigintConvolution(problem, lhs, rhs), rule);
}

interface Exactness {
  readonly name: string;
  readonly about: string;
  readonly operands: (dtype: DType) => boolean;
  readonly out: (dtype: DType, operand: DType) => boolean;
  readonly styles: readonly FillStyle[];
}

function kindIn(...kinds: readonly string[]): (dtype: DType) => boolean {
  return (dtype) => kinds.includes(DTYPES[dtype].kind);
}

const EXACTNESS: readonly Exactness[] = [
  {
    name: 'integers-are-exact',
    about: 'Integers are what BigInt arithmetic gives, wrapped to the width of the output.',
    operands: kindIn('int', 'uint'),
    out: kindIn('int', 'uint'),
    styles: [...INTEGER_STYLES, 'wide'],
  },
  {
    name: 'bool-is-or-of-ands',
    about: 'bool is OR of ANDs.',
    operands: kindIn('bool'),
    out: kindIn('bool'),
    styles: INTEGER_STYLES,
  },
  {
    name: 'bool-counts',
    about: 'bool with another output dtype counts the products that are true.',
    operands: kindIn('bool'),
    out: kindIn('int', 'uint', 'float', 'complex'),
    styles: INTEGER_STYLES,
  },
  {
    name: 'one-rounding',
    about: 'A sum that is exact in the accumulator is rounded to the output once, to nearest even.',
    operands: () => true,
    out: kindIn('float', 'complex'),
    // Mostly sums that need rounding.
    styles: ['counting', 'medium', 'medium', 'medium'],
  },
];

/** The tests of results that are known exactly. */
export function exactness(dtype: DType): ConformanceTest[] {
  const delta = randomTest({
    family: 'property',
    address: `delta-kernel:dtype=${dtype}`,
    about: 'A kernel with a single 1 copies the lhs, dilated, padded and strided.',
    arbitrary: fc.record({
      parameters: parametersArbitrary({ dtype, groupKinds: ['none'] }),
      lhs: fillArbitrary(INTEGER_STYLES),
      tap: fc.nat(4),
    }),
    holds: deltaHolds,
  });
  const exact = EXACTNESS.flatMap(({ name, about, operands, out, styles }) => {
    const outDTypes = someOutDTypes(dtype, (candidate) => out(candidate, dtype));
    if (!operands(dtype) || outDTypes.length === 0 || (name === 'one-rounding' && DTYPES[dtype].kind === 'bool')) return [];
    return [
      randomTest({
        family: 'property',
        address: `${name}:dtype=${dtype}`,
        about,
        arbitrary: convolutionArbitrary({ dtype, outDTypes }, styles),
        holds: (lab, convolution) => bigintHolds(lab, convolution, about),
      }),
    ];
  });
  return [delta, ...exact];
}
