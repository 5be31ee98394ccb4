/** Problems for time-algorithms.ts: from tiny to large, of every family that a direct kernel is chosen for. */
import type { ConvCall, DType } from '@laxconv/api';

type CallOf = (dtype: DType) => ConvCall;

const convolve =
  (n: number, k: number, mode = 'full'): CallOf =>
  (dtype) => ({
    fn: 'numpy.convolve',
    operands: [
      { shape: [n], dtype },
      { shape: [k], dtype },
    ],
    args: [mode],
  });

const image =
  (h: number, w: number, k: number): CallOf =>
  (dtype) => ({
    fn: 'scipy.signal.convolve2d',
    operands: [
      { shape: [h, w], dtype },
      { shape: [k, k], dtype },
    ],
    args: ['same'],
  });

interface Options {
  readonly batch?: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly lhsDilation?: number;
  readonly rhsDilation?: number;
  readonly isChannelsFirst?: boolean;
}

/** A 2-D convolution with SAME-like padding. */
const layer =
  (size: number, kernel: number, inFeatures: number, outFeatures: number, options: Options = {}): CallOf =>
  (dtype) => {
    const { batch = 1, stride = 1, groups = 1, lhsDilation = 1, rhsDilation = 1, isChannelsFirst = false } = options;
    const pad = Math.floor(((kernel - 1) * rhsDilation) / 2);
    return {
      fn: 'lax.convGeneralDilated',
      operands: [
        { shape: isChannelsFirst ? [batch, inFeatures, size, size] : [batch, size, size, inFeatures], dtype },
        isChannelsFirst
          ? { shape: [outFeatures, inFeatures / groups, kernel, kernel], dtype }
          : { shape: [kernel, kernel, inFeatures / groups, outFeatures], dtype },
      ],
      args: [
        [stride, stride],
        [
          [pad, pad],
          [pad, pad],
        ],
        {
          lhsDilation: [lhsDilation, lhsDilation],
          rhsDilation: [rhsDilation, rhsDilation],
          featureGroupCount: groups,
          dimensionNumbers: isChannelsFirst ? ['NCHW', 'OIHW', 'NCHW'] : ['NHWC', 'HWIO', 'NHWC'],
        },
      ],
    };
  };

const first = { isChannelsFirst: true };

/** The problems, by name. */
export const GRID: Readonly<Record<string, CallOf>> = {
  'signal 8*3': convolve(8, 3),
  'signal 100*5': convolve(100, 5),
  'signal 500*10': convolve(500, 10),
  'signal 500*100': convolve(500, 100),
  'signal 10000*20': convolve(10000, 20),
  'signal 65536*64': convolve(65536, 64),
  'image 16² 3×3': image(16, 16, 3),
  'image 28² 3×3': image(28, 28, 3),
  'image 64² 5×5': image(64, 64, 5),
  'image 256² 3×3': image(256, 256, 3),
  'image 768×1024 3×3': image(768, 1024, 3),
  'image 768×1024 7×7': image(768, 1024, 7),
  'image 768×1024 31×31': image(768, 1024, 31),
  'layer 8² 3×3 1→8': layer(8, 3, 1, 8),
  'layer 28² 5×5 1→6': layer(28, 5, 1, 6),
  'layer 28² 5×5 1→6 first': layer(28, 5, 1, 6, first),
  'layer 200² 3×3 3→3': layer(200, 3, 3, 3),
  'layer 200² 3×3 3→3 first': layer(200, 3, 3, 3, first),
  'layer 200² 3×3 3→1': layer(200, 3, 3, 1),
  'layer 200² 3×3 16→1': layer(200, 3, 16, 1),
  'layer 200² 3×3 16→1 first': layer(200, 3, 16, 1, first),
  'layer 200² 3×3 1→16': layer(200, 3, 1, 16),
  'layer 224² 7×7 3→64 /2': layer(224, 7, 3, 64, { stride: 2 }),
  'layer 224² 7×7 3→64 /2 first': layer(224, 7, 3, 64, { stride: 2, ...first }),
  'layer 56² 1×1 64→256': layer(56, 1, 64, 256),
  'layer 56² 1×1 64→256 first': layer(56, 1, 64, 256, first),
  'layer 56² 3×3 64→64': layer(56, 3, 64, 64),
  'layer 56² 3×3 64→64 first': layer(56, 3, 64, 64, first),
  'layer 14² 3×3 256→256 first': layer(14, 3, 256, 256, first),
  'layer 14² 1×1 256→256 first': layer(14, 1, 256, 256, first),
  'layer 8² 3×3 8→8': layer(8, 3, 8, 8),
  'layer 8² 3×3 8→8 first': layer(8, 3, 8, 8, first),
  'layer 7² 3×3 64→64 n8 first': layer(7, 3, 64, 64, { batch: 8, ...first }),
  'atrous 56² 3×3 d12 64 first': layer(56, 3, 64, 64, { rhsDilation: 12, ...first }),
  'transposed 32² 4×4 16→1': layer(32, 4, 16, 1, { lhsDilation: 2 }),
  'transposed 32² 4×4 16→3 first': layer(32, 4, 16, 3, { lhsDilation: 2, ...first }),
  'transposed 128² 3×3 1→1': layer(128, 3, 1, 1, { lhsDilation: 2 }),
  'depthwise 8² 3×3 ×8': layer(8, 3, 8, 8, { groups: 8 }),
  'depthwise 112² 3×3 ×32': layer(112, 3, 32, 32, { groups: 32 }),
  'depthwise 112² 3×3 ×32 /2': layer(112, 3, 32, 32, { groups: 32, stride: 2 }),
  'depthwise 56² 3×3 ×128': layer(56, 3, 128, 128, { groups: 128 }),
  'depthwise 14² 3×3 ×512': layer(14, 3, 512, 512, { groups: 512 }),
  'depthwise 7² 3×3 ×960': layer(7, 3, 960, 960, { groups: 960 }),
  'depthwise 56² 7×7 ×96': layer(56, 7, 96, 96, { groups: 96 }),
  'depthwise 28² 5×5 ×30': layer(28, 5, 30, 30, { groups: 30 }),
  'depthwise 200² 3×3 ×3': layer(200, 3, 3, 3, { groups: 3 }),
  'depthwise 56² 3×3 ×32·2': layer(56, 3, 32, 64, { groups: 32 }),
  'depthwise 56² 3×3 d2 ×32': layer(56, 3, 32, 32, { groups: 32, rhsDilation: 2 }),
  'depthwise 112² 3×3 ×32 first': layer(112, 3, 32, 32, { groups: 32, ...first }),
  'depthwise 112² 3×3 ×32 /2 first': layer(112, 3, 32, 32, { groups: 32, stride: 2, ...first }),
  'depthwise 14² 3×3 ×512 first': layer(14, 3, 512, 512, { groups: 512, ...first }),
  'depthwise 7² 3×3 ×960 first': layer(7, 3, 960, 960, { groups: 960, ...first }),
  'depthwise 200² 3×3 ×3 first': layer(200, 3, 3, 3, { groups: 3, ...first }),
  'grouped 56² 3×3 32·(2→2)': layer(56, 3, 64, 64, { groups: 32 }),
  'grouped 56² 3×3 32·(4→4)': layer(56, 3, 128, 128, { groups: 32 }),
  'grouped 56² 3×3 32·(2→2) first': layer(56, 3, 64, 64, { groups: 32, ...first }),
  'grouped 56² 3×3 32·(4→4) first': layer(56, 3, 128, 128, { groups: 32, ...first }),
  'grouped 28² 3×3 8·(16→16)': layer(28, 3, 128, 128, { groups: 8 }),
  'grouped 28² 3×3 8·(16→16) first': layer(28, 3, 128, 128, { groups: 8, ...first }),
};
