/** The public lax functions, held to the problem that a call means. */
import type { DType } from '@laxconv/api/backend';
import { operandsOf } from '../../arbitraries/convolution.ts';
import { laxCallArbitrary } from '../../arbitraries/lax-call.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { someOutDTypes } from '../random/change-problem.ts';
import { bigintConvolution } from '../random/materialise.ts';
import { randomTest } from '../random/random-test.ts';

/** The tests of the calls of lax. */
export function calls(dtype: DType): ConformanceTest[] {
  return [
    randomTest({
      family: 'property',
      address: `lax-calls:dtype=${dtype}`,
      about: 'lax.conv, convWithGeneralPadding and convGeneralDilated compute what their arguments say: strings, letters, axis numbers.',
      arbitrary: laxCallArbitrary(dtype, someOutDTypes(dtype)),
      async holds(lab, call) {
        const { lhs, rhs } = operandsOf(call);
        const got = await lab.call(call.fn, [lhs, rhs], call.args);
        lab.same(got, bigintConvolution(call.problem, lhs, rhs), `${call.fn} is not the convolution that its arguments mean`);
      },
    }),
  ];
}
