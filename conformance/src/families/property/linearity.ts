/** The convolution is linear in each operand. */
import fc from 'fast-check';
import { DTYPES, type AnyTensor, type ConvProblem, type DType } from '@laxconv/api/backend';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import { EXACT_STYLES, fillArbitrary, fillTensor, type Fill } from '../../arbitraries/fill.ts';
import { add, scale } from '../random/arithmetic.ts';
import { someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { randomTest } from '../random/random-test.ts';

interface Value {
  readonly convolution: Convolution;
  readonly other: Fill;
}

/** bool that counts is not linear: OR of the operands is not the sum of the counts. */
function arbitrary(dtype: DType): fc.Arbitrary<Value> {
  const outDTypes = DTYPES[dtype].kind === 'bool' ? [dtype] : someOutDTypes(dtype);
  return fc.record({ convolution: convolutionArbitrary({ dtype, outDTypes }), other: fillArbitrary(EXACT_STYLES) });
}

async function holds(lab: Lab, { convolution, other }: Value, side: 'lhs' | 'rhs'): Promise<void> {
  const { problem } = convolution;
  const operands = operandsOf(convolution);
  const second = fillTensor(problem[side], { ...other, seed: other.seed + 71 }, problem.out.dtype);
  const run = (problem_: ConvProblem, operand: AnyTensor) => lab.convolve(problem_, ...pairOf(operands, side, operand));
  const a = await run(problem, operands[side]);
  const b = await run(problem, second);
  const isBool = DTYPES[problem.lhs.dtype].kind === 'bool';
  lab.same(await run(problem, add(operands[side], second)), add(a, b), `f(a + b) is not f(a) + f(b) in the ${side}`);
  if (!isBool) lab.same(await run(problem, scale(operands[side], 2)), scale(a, 2), `f(2a) is not 2f(a) in the ${side}`);
}

function pairOf(operands: { lhs: AnyTensor; rhs: AnyTensor }, side: 'lhs' | 'rhs', operand: AnyTensor): [AnyTensor, AnyTensor] {
  return side === 'lhs' ? [operand, operands.rhs] : [operands.lhs, operand];
}

/** The tests of linearity. */
export function linearity(dtype: DType): ConformanceTest[] {
  return (['lhs', 'rhs'] as const).map((side) =>
    randomTest({
      family: 'property',
      address: `linearity/${side}:dtype=${dtype}`,
      about: `The convolution of a sum of two ${side} is the sum of their convolutions, and of a multiple the multiple.`,
      arbitrary: arbitrary(dtype),
      holds: (lab, value) => holds(lab, value, side),
    }),
  );
}
