/** A random problem with operands: what most properties are about. */
import fc from 'fast-check';
import { type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { EXACT_STYLES, fillArbitrary, fillTensor, type Fill, type FillStyle } from './fill.ts';
import { problemArbitrary, type ProblemLimits } from './problem.ts';

/** A problem and what its operands hold. Plain data: a counterexample prints as it is. */
export interface Convolution {
  readonly problem: ConvProblem;
  readonly lhs: Fill;
  readonly rhs: Fill;
}

/** Convolutions within `limits` over operands in `styles`, by default those whose sums are exact. */
export function convolutionArbitrary(limits: ProblemLimits, styles: readonly FillStyle[] = EXACT_STYLES): fc.Arbitrary<Convolution> {
  return fc.record({ problem: problemArbitrary(limits), lhs: fillArbitrary(styles), rhs: fillArbitrary(styles) });
}

/** The operands of a convolution. */
export function operandsOf({ problem, lhs, rhs }: Convolution): { lhs: Tensor; rhs: Tensor } {
  return {
    lhs: fillTensor(problem.lhs, lhs, problem.out.dtype),
    // Another seed for the same fill: equal operands would hide an exchange.
    rhs: fillTensor(problem.rhs, { style: rhs.style, seed: rhs.seed + 0x5bd1 }, problem.out.dtype),
  };
}
