/** The notebook's own convolutions. */
import type { BenchCase } from './bench-case.ts';
import { call, NHWC } from './describe-call.ts';

const IMAGE = [1, 200, 198, 3];
const EDGE_KERNEL = [3, 3, 3, 3];

export const NOTEBOOK_CASES: readonly BenchCase[] = [
  {
    name: 'notebook/edges-same',
    about: "The notebook's diagonal edge kernel: 200×198, 3 channels to 3, SAME",
    call: call('lax.convGeneralDilated', IMAGE, EDGE_KERNEL, [1, 1], 'SAME', { dimensionNumbers: NHWC }),
    quick: true,
  },
  {
    name: 'notebook/edges-stride-2',
    about: 'The same with strides of 2',
    call: call('lax.convGeneralDilated', IMAGE, EDGE_KERNEL, [2, 2], 'SAME', { dimensionNumbers: NHWC }),
    quick: false,
  },
  {
    name: 'notebook/atrous-12',
    about: 'The same with the kernel dilated by 12, VALID',
    call: call('lax.convGeneralDilated', IMAGE, EDGE_KERNEL, [1, 1], 'VALID', { rhsDilation: [12, 12], dimensionNumbers: NHWC }),
    quick: false,
  },
  {
    name: 'notebook/transposed',
    about: "The notebook's transposed convolution: the image dilated by 2",
    call: call(
      'lax.convGeneralDilated',
      IMAGE,
      EDGE_KERNEL,
      [1, 1],
      [
        [2, 1],
        [2, 1],
      ],
      { lhsDilation: [2, 2], dimensionNumbers: NHWC },
    ),
    quick: true,
  },
  {
    name: 'notebook/conv-1d-200',
    about: "The notebook's 1-D convolution: 200 steps, 2 channels to 2",
    call: call('lax.convGeneralDilated', [1, 200, 2], [3, 2, 2], [1], 'SAME', { dimensionNumbers: ['NWC', 'WIO', 'NWC'] }),
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
];
