/**
 * Every kind of convolution in every dtype, small enough for plain loops: not what anybody waits for, but what shows that no family and no
 * dtype is a toy. `pnpm bench --only 'family/*'` runs them and counts what each kernel did.
 */
import { DTYPES, DTYPE_NAMES, type DType } from '@laxconv/api/backend';
import type { BenchCase } from './bench-case.ts';
import { call, layer, NCHW, NHWC, withDType } from './describe-call.ts';

type Family = Pick<BenchCase, 'about' | 'call' | 'part'> & { readonly name: string };

const conv = 'lax.convGeneralDilated';
const VJP = call('lax.convGeneralDilatedVjp', [2, 12, 12, 16], [3, 3, 16, 24], [1, 1], 'SAME', { dimensionNumbers: NHWC });

const FAMILIES: readonly Family[] = [
  { name: 'dot', about: 'No spatial dimension: a matrix product', call: call('lax.conv', [32, 96], [80, 96], [], 'VALID') },
  {
    name: '1-d',
    about: 'One spatial dimension, channels last',
    call: call(conv, [2, 96, 16], [5, 16, 24], [1], 'SAME', { dimensionNumbers: ['NWC', 'WIO', 'NWC'] }),
  },
  { name: '2-d', about: 'Two spatial dimensions, channels last', call: layer([1, 20, 20, 16], [3, 3, 16, 24]) },
  {
    name: '2-d-nchw',
    about: 'Two spatial dimensions, channels first',
    call: call(conv, [1, 16, 20, 20], [24, 16, 3, 3], [1, 1], 'SAME', { dimensionNumbers: NCHW }),
  },
  {
    name: '2-d-odd-layouts',
    about: 'Two spatial dimensions in layouts that no framework has',
    call: call(conv, [16, 20, 1, 20], [3, 24, 3, 16], [1, 1], 'SAME', { dimensionNumbers: ['CHNW', 'WOHI', 'WNCH'] }),
  },
  {
    name: '3-d',
    about: 'Three spatial dimensions, channels first',
    call: call(conv, [1, 8, 8, 8, 8], [12, 8, 3, 3, 3], [1, 1, 1], 'SAME'),
  },
  { name: 'strided', about: 'A window that moves two steps at a time', call: layer([1, 31, 31, 12], [5, 5, 12, 16], [2, 2]) },
  { name: 'atrous', about: 'A kernel with holes', call: layer([1, 24, 24, 12], [3, 3, 12, 16], [1, 1], { rhsDilation: [6, 6] }) },
  {
    name: 'transposed',
    about: 'A transposed convolution: an input with holes',
    call: call('lax.convTranspose', [1, 12, 12, 16], [4, 4, 16, 16], [2, 2], 'SAME'),
  },
  {
    name: 'grouped',
    about: 'Four groups of features',
    call: layer([1, 20, 20, 32], [3, 3, 8, 32], [1, 1], { featureGroupCount: 4 }),
  },
  {
    name: 'depthwise',
    about: 'A kernel for each channel',
    call: layer([1, 32, 32, 30], [3, 3, 1, 30], [1, 1], { featureGroupCount: 30 }),
  },
  {
    name: 'depthwise-nchw',
    about: 'A kernel for each channel, channels first',
    call: call(conv, [1, 30, 32, 32], [30, 1, 3, 3], [1, 1], 'SAME', { dimensionNumbers: NCHW, featureGroupCount: 30 }),
  },
  {
    name: 'batch-groups',
    about: 'Groups of the batch, as the gradient of a grouped convolution has them',
    call: call(conv, [8, 16, 16, 12], [3, 3, 12, 32], [1, 1], 'SAME', { dimensionNumbers: NHWC, batchGroupCount: 4 }),
  },
  { name: 'image', about: 'One channel: a filter over a picture', call: layer([1, 96, 128, 1], [7, 7, 1, 1]) },
  { name: 'image-rgb', about: 'Three channels to three: a picture in colours', call: layer([1, 64, 64, 3], [5, 5, 3, 3]) },
  {
    name: 'stem',
    about: 'The first layer of a network: three channels to many',
    call: layer([1, 48, 48, 3], [7, 7, 3, 32], [2, 2]),
  },
  { name: 'signal', about: 'numpy.convolve of a signal by a short filter', call: call('numpy.convolve', [4000], [40], 'same') },
  { name: 'signal-long', about: 'scipy.signal.convolve of two long signals', call: call('scipy.signal.convolve', [6000], [900], 'full') },
  {
    name: 'local',
    about: 'A matrix of its own for each of 144 positions: what a local convolution ends in',
    call: call('lax.convGeneralDilated', [2, 144 * 72], [144 * 16, 72], [], 'VALID', { featureGroupCount: 144 }),
  },
  { name: 'lhs-gradient', about: 'The gradient with respect to the input', call: VJP, part: 'lhs gradient' },
  { name: 'rhs-gradient', about: 'The gradient with respect to the weights', call: VJP, part: 'rhs gradient' },
];

/** Gradients exist for inexact dtypes, and the signal functions turn integers into floats: what would be a dtype twice is left out. */
function hasFamily({ part, call: { fn } }: Family, dtype: DType): boolean {
  const { kind } = DTYPES[dtype];
  const isInexact = kind === 'float' || kind === 'complex';
  return isInexact || (part === undefined && !fn.startsWith('numpy.') && !fn.startsWith('scipy.'));
}

export const FAMILY_CASES: readonly BenchCase[] = FAMILIES.flatMap((family) =>
  DTYPE_NAMES.filter((dtype) => hasFamily(family, dtype)).map((dtype) => ({
    ...family,
    name: `family/${family.name}-${dtype}`,
    about: `${family.about}, in ${dtype}`,
    call: withDType(family.call, dtype),
    quick: false,
  })),
);
