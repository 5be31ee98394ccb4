/** Training and other dtypes: the gradients of the 3×3 layer of 56×56, and the layer itself in what is not float32. */
import type { BenchCase } from './bench-case.ts';
import { call, layer, NHWC, withDType } from './describe-call.ts';

const LAYER = layer([1, 56, 56, 64], [3, 3, 64, 64]);
const VJP = call('lax.convGeneralDilatedVjp', [1, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', { dimensionNumbers: NHWC });

export const GRADIENT_CASES: readonly BenchCase[] = [
  {
    name: 'gradient/lhs-3x3-56x56x64-64',
    about: 'The gradient of the 3×3 layer of 56×56 with respect to its input: a convolution with the reversed kernel',
    call: VJP,
    part: 'lhs gradient',
    quick: false,
  },
  {
    name: 'gradient/rhs-3x3-56x56x64-64',
    about: 'The gradient with respect to its weights: a window of 56×56, an output of 3×3',
    call: VJP,
    part: 'rhs gradient',
    quick: false,
  },
];

export const DTYPE_CASES: readonly BenchCase[] = (['float64', 'float16', 'int8', 'complex64'] as const).map((dtype) => ({
  name: `dtype/${dtype}-3x3-56x56x64-64`,
  about: `The 3×3 layer of 56×56 in ${dtype}`,
  call: withDType(LAYER, dtype),
  quick: false,
}));
