/** Gradients held to their definition, element by element. */
import type { DType } from '@laxconv/api/backend';
import { EXACT_STYLES } from '../../arbitraries/fill.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { someOutDTypes } from '../random/change-problem.ts';
import { expectEqual } from '../random/equal.ts';
import type { Lab } from '../random/lab.ts';
import { randomTest } from '../random/random-test.ts';
import { gradientCallArbitrary, tensorsOf, type Differentiable, type GradientCall } from './gradient-call.ts';
import { isPlain, withGradientLab } from './gradient-lab.ts';
import { sharedGradients } from './shares.ts';

async function holds(lab: Lab, call: GradientCall): Promise<void> {
  const { lhs, rhs, cotangent } = tensorsOf(call);
  const expected = sharedGradients(call.problem, lhs, rhs, cotangent);
  await withGradientLab(lab, async (gradients) => {
    for (const side of ['lhs', 'rhs'] as const) {
      const { tensor, run } = await gradients.gradient(call, side, lhs, rhs, cotangent);
      // What a transforming kernel rounds has been held to the oracle.
      if (isPlain(run)) expectEqual(tensor, expected[side], `the gradient of ${side} is not the sum of its products' shares`);
    }
  });
}

const FUNCTIONS: readonly (readonly [address: string, fn: Differentiable])[] = [
  ['products', 'lax.convGeneralDilated'],
  ['products-transpose', 'lax.convTranspose'],
];

/** The tests of each product's shares. */
export function products(dtype: DType): ConformanceTest[] {
  return FUNCTIONS.map(([address, fn]) =>
    randomTest({
      family: 'gradient',
      address: `${address}:dtype=${dtype}`,
      about: `Each product x·w of a result gives g·w to the gradient of x and g·x to that of w, unconjugated: ${fn}Vjp.`,
      arbitrary: gradientCallArbitrary(fn, dtype, someOutDTypes(dtype), EXACT_STYLES),
      holds,
    }),
  );
}
