/** Layers of networks: residual, mobile, segmenting, generating, 3-D and audio ones. Channels last unless the name says otherwise. */
import type { BenchCase } from './bench-case.ts';
import { call, layer, NCHW, NHWC } from './describe-call.ts';

export const LAYER_CASES: readonly BenchCase[] = [
  {
    name: 'layer/3x3-56x56x64-64',
    about: 'A 3×3 layer of a residual network: 56×56, 64 channels to 64, SAME, NHWC',
    call: layer([1, 56, 56, 64], [3, 3, 64, 64]),
    quick: true,
  },
  {
    name: 'layer/3x3-14x14x256-256',
    about: 'A late 3×3 layer of a residual network: few pixels, 256 channels to 256',
    call: layer([1, 14, 14, 256], [3, 3, 256, 256]),
    quick: false,
  },
  {
    name: 'layer/3x3-28x28x128-128',
    about: 'A 3×3 layer in the middle of a residual network: 28×28, 128 channels to 128',
    call: layer([1, 28, 28, 128], [3, 3, 128, 128]),
    quick: false,
  },
  {
    name: 'layer/3x3-112x112x64-64',
    about: 'An early 3×3 layer: 112×112, 64 channels to 64',
    call: layer([1, 112, 112, 64], [3, 3, 64, 64]),
    quick: false,
  },
  {
    name: 'layer/pointwise-56x56x64-256',
    about: 'A pointwise (1×1) layer: 56×56, 64 channels to 256',
    call: call('lax.convGeneralDilated', [1, 56, 56, 64], [1, 1, 64, 256], [1, 1], 'VALID', { dimensionNumbers: NHWC }),
    quick: false,
  },
  {
    name: 'layer/stem-7x7-224x224x3-64',
    about: 'The first layer of a residual network: 224×224, 3 channels to 64, 7×7, strides of 2',
    call: layer([1, 224, 224, 3], [7, 7, 3, 64], [2, 2]),
    quick: false,
  },
  {
    name: 'layer/atrous-12-56x56x64-64',
    about: 'A segmenting network: 3×3 dilated by 12, so that most taps of a border pixel meet padding',
    call: layer([1, 56, 56, 64], [3, 3, 64, 64], [1, 1], { rhsDilation: [12, 12] }),
    quick: false,
  },
  {
    name: 'layer/depthwise-3x3-112x112x32',
    about: 'A depthwise 3×3 layer: 112×112, 32 channels, one kernel each',
    call: layer([1, 112, 112, 32], [3, 3, 1, 32], [1, 1], { featureGroupCount: 32 }),
    quick: false,
  },
  {
    name: 'layer/grouped-8-28x28x128-128',
    about: 'A grouped 3×3 layer: 28×28, 128 channels in 8 groups',
    call: layer([1, 28, 28, 128], [3, 3, 16, 128], [1, 1], { featureGroupCount: 8 }),
    quick: false,
  },
  {
    name: 'layer/transposed-4x4-28x28x128-64',
    about: 'An up-sampling layer: transposed 4×4 of stride 2, 28×28×128 to 56×56×64',
    call: call('lax.convTranspose', [1, 28, 28, 128], [4, 4, 128, 64], [2, 2], 'SAME', { dimensionNumbers: NHWC }),
    quick: false,
  },
  {
    name: 'layer/transposed-3x3-28x28x128-64',
    about: 'The same with a 3×3 kernel',
    call: call('lax.convTranspose', [1, 28, 28, 128], [3, 3, 128, 64], [2, 2], 'SAME', { dimensionNumbers: NHWC }),
    quick: false,
  },
  {
    name: 'layer/3x3-56x56x64-64-nchw',
    about: 'The 3×3 layer of 56×56 with the channels first',
    call: call('lax.convGeneralDilated', [1, 64, 56, 56], [64, 64, 3, 3], [1, 1], 'SAME', { dimensionNumbers: NCHW }),
    quick: false,
  },
  {
    name: 'layer/pointwise-56x56x64-256-nchw',
    about: 'The pointwise layer with the channels first',
    call: call('lax.convGeneralDilated', [1, 64, 56, 56], [256, 64, 1, 1], [1, 1], 'VALID', { dimensionNumbers: NCHW }),
    quick: false,
  },
  {
    name: 'layer/depthwise-5x5-stride-2-56x56x72',
    about: 'A mobile network going down: depthwise 5×5 of stride 2, 56×56, 72 channels',
    call: layer([1, 56, 56, 72], [5, 5, 1, 72], [2, 2], { featureGroupCount: 72 }),
    quick: false,
  },
  {
    name: 'layer/u-net-3x3-128x128x32-32',
    about: 'A layer of a U-Net on a medical image: 128×128, 32 channels to 32',
    call: layer([1, 128, 128, 32], [3, 3, 32, 32]),
    quick: false,
  },
  {
    name: 'layer/video-3x3x3-16x28x28x32-32',
    about: 'A 3-D layer of a video network: 16 frames of 28×28, 32 channels to 32',
    call: call('lax.convGeneralDilated', [1, 16, 28, 28, 32], [3, 3, 3, 32, 32], [1, 1, 1], 'SAME', {
      dimensionNumbers: ['NDHWC', 'DHWIO', 'NDHWC'],
    }),
    quick: false,
  },
  {
    name: 'layer/audio-wavenet-16000x32-64',
    about: 'A causal layer of an audio network: 1 s at 16 kHz, 32 channels to 64, two taps 64 samples apart',
    call: call('lax.convGeneralDilated', [1, 16000, 32], [2, 32, 64], [1], [[64, 0]], {
      rhsDilation: [64],
      dimensionNumbers: ['NWC', 'WIO', 'NWC'],
    }),
    quick: false,
  },
  {
    name: 'layer/batch-8-3x3-56x56x64-64',
    about: 'A batch of 8 through the 3×3 layer of 56×56: the huge one',
    call: layer([8, 56, 56, 64], [3, 3, 64, 64]),
    quick: false,
  },
];
