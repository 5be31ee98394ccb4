/** The cases: the notebook's own convolutions, one layer of a network, and a call so small that only overhead is left. */
import type { ConvCall, FunctionName } from '@laxconv/api';
import type { BenchCase } from './bench-case.ts';

const float32 = (...shape: number[]): ConvCall['operands'][number] => ({ shape, dtype: 'float32' });

const call = (fn: FunctionName, lhs: readonly number[], rhs: readonly number[], ...args: unknown[]): ConvCall => ({
  fn,
  operands: [float32(...lhs), float32(...rhs)],
  args,
});

const NOTEBOOK_LAYOUT = ['NHWC', 'HWIO', 'NHWC'];
const NOTEBOOK_IMAGE = [1, 200, 198, 3];
const EDGE_KERNEL = [3, 3, 3, 3];

export const CASES: readonly BenchCase[] = [
  {
    name: 'tiny/convolve-8x3',
    about: 'numpy.convolve of 8 by 3 elements: nothing but the cost of a call',
    call: call('numpy.convolve', [8], [3], 'same'),
    quick: true,
    publicCall: true,
  },
  {
    name: 'overhead/conv-general-dilated',
    about: 'A repeated call on a backend that does nothing: what laxconv itself costs',
    call: call('lax.convGeneralDilated', [1, 16, 16, 3], [3, 3, 3, 4], [1, 1], 'SAME', { dimensionNumbers: NOTEBOOK_LAYOUT }),
    quick: true,
    overhead: true,
  },
  {
    name: 'signal/smoothing-500x10',
    about: "The notebook's 1-D smoothing: 500 samples, a window of 10",
    call: call('numpy.convolve', [500], [10], 'same'),
    quick: true,
    publicCall: true,
  },
  {
    name: 'image/denoise-7x7-768x1024',
    about: "The notebook's denoising of a photograph: one channel, a 7×7 Gaussian",
    call: call('scipy.signal.convolve', [768, 1024], [7, 7], 'same'),
    quick: true,
  },
  {
    name: 'layer/3x3-56x56x64-64',
    about: 'A 3×3 layer of a residual network: 56×56, 64 channels to 64, SAME, NHWC',
    call: call('lax.convGeneralDilated', [1, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', {
      dimensionNumbers: NOTEBOOK_LAYOUT,
    }),
    quick: true,
  },
  {
    name: 'notebook/edges-same',
    about: "The notebook's diagonal edge kernel: 200×198, 3 channels to 3, SAME",
    call: call('lax.convGeneralDilated', NOTEBOOK_IMAGE, EDGE_KERNEL, [1, 1], 'SAME', {
      dimensionNumbers: NOTEBOOK_LAYOUT,
    }),
    quick: true,
  },
  {
    name: 'notebook/edges-stride-2',
    about: 'The same with strides of 2',
    call: call('lax.convGeneralDilated', NOTEBOOK_IMAGE, EDGE_KERNEL, [2, 2], 'SAME', {
      dimensionNumbers: NOTEBOOK_LAYOUT,
    }),
    quick: false,
  },
  {
    name: 'notebook/atrous-12',
    about: 'The same with the kernel dilated by 12, VALID',
    call: call('lax.convGeneralDilated', NOTEBOOK_IMAGE, EDGE_KERNEL, [1, 1], 'VALID', {
      rhsDilation: [12, 12],
      dimensionNumbers: NOTEBOOK_LAYOUT,
    }),
    quick: false,
  },
  {
    name: 'notebook/transposed',
    about: "The notebook's transposed convolution: the image dilated by 2",
    call: call(
      'lax.convGeneralDilated',
      NOTEBOOK_IMAGE,
      EDGE_KERNEL,
      [1, 1],
      [
        [2, 1],
        [2, 1],
      ],
      { lhsDilation: [2, 2], dimensionNumbers: NOTEBOOK_LAYOUT },
    ),
    quick: true,
  },
  {
    name: 'notebook/conv-1d-200',
    about: "The notebook's 1-D convolution: 200 steps, 2 channels to 2",
    call: call('lax.convGeneralDilated', [1, 200, 2], [3, 2, 2], [1], 'SAME', {
      dimensionNumbers: ['NWC', 'WIO', 'NWC'],
    }),
    quick: false,
  },
  {
    name: 'notebook/conv-3d-30',
    about: "The notebook's 3-D convolution: 30×30×30, one channel",
    call: call('lax.convGeneralDilated', [1, 30, 30, 30, 1], [3, 3, 3, 1, 1], [1, 1, 1], 'SAME', {
      dimensionNumbers: ['NHWDC', 'HWDIO', 'NHWDC'],
    }),
    quick: true,
  },
  {
    name: 'layer/depthwise-3x3-112x112x32',
    about: 'A depthwise 3×3 layer: 112×112, 32 channels, one kernel each',
    call: call('lax.convGeneralDilated', [1, 112, 112, 32], [3, 3, 1, 32], [1, 1], 'SAME', {
      dimensionNumbers: NOTEBOOK_LAYOUT,
      featureGroupCount: 32,
    }),
    quick: false,
  },
  {
    name: 'layer/pointwise-56x56x64-256',
    about: 'A pointwise (1×1) layer: 56×56, 64 channels to 256',
    call: call('lax.convGeneralDilated', [1, 56, 56, 64], [1, 1, 64, 256], [1, 1], 'VALID', {
      dimensionNumbers: NOTEBOOK_LAYOUT,
    }),
    quick: false,
  },
  {
    name: 'signal/long-65536x1024',
    about: 'A long signal: 2¹⁶ samples by a filter of 2¹⁰',
    call: call('scipy.signal.convolve', [65536], [1024], 'same'),
    quick: false,
  },
];
