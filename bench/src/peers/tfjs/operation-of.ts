/** Which of TensorFlow.js's operations a convolution is, the same on all of its backends. */
import type { SpatialDimension } from '@laxconv/api/backend';
import { Refusal, type PeerPlan } from '../peer.ts';
import { transposedPads, type PlainConv } from '../plain-conv.ts';
import type { ExplicitPads, Pair, Tf, TfTensor } from './tf.ts';

/** One convolution in TensorFlow.js's terms. */
export interface Operation {
  readonly name: string;
  readonly weights: PeerPlan['weights'];
  readonly reverseKernel?: boolean;
  readonly inputShape: readonly number[];
  readonly kernelShape: readonly number[];
  readonly apply: (x: TfTensor, w: TfTensor) => TfTensor;
}

const SINGLE: SpatialDimension = { input: 1, kernel: 1, output: 1, stride: 1, padLow: 0, padHigh: 0, lhsDilation: 1, rhsDilation: 1 };

/** Fewer than two spatial dimensions run as two. */
function padded(spatial: readonly SpatialDimension[]): readonly SpatialDimension[] {
  return [...[SINGLE, SINGLE].slice(spatial.length), ...spatial];
}

/** The operation that computes this convolution. Throws a Refusal where there is none. */
export function operationOf(tf: Tf, { batch, groups, inChannels, outChannels, spatial }: PlainConv): Operation {
  const dimensions = padded(spatial);
  if (dimensions.length > 3) throw new Refusal(`at most 3 spatial dimensions, not ${dimensions.length}`);
  const inputShape = [batch, ...dimensions.map(({ input }) => input), inChannels];
  const kernel = dimensions.map((dimension) => dimension.kernel);
  const strides = dimensions.map(({ stride }) => stride);
  const dilations = dimensions.map(({ rhsDilation }) => rhsDilation);
  const hasStride = strides.some((stride) => stride > 1);
  const hasDilation = dilations.some((dilation) => dilation > 1);
  if (hasStride && hasDilation) throw new Refusal('no strides together with a dilated kernel');
  if (dimensions.some(({ lhsDilation }) => lhsDilation > 1)) {
    if (dimensions.length > 2 || groups > 1 || hasDilation)
      throw new Refusal('transposed convolutions in 2-D, without groups and without a dilated kernel');
    return transposed(tf, { inputShape, inChannels, outChannels, kernel, dimensions });
  }
  if (dimensions.length === 3) {
    const pad = namedPads(dimensions);
    if (pad === undefined || groups > 1 || hasDilation)
      throw new Refusal('3-D convolutions padded SAME or VALID, without groups and without a dilated kernel');
    return {
      name: 'conv3d',
      weights: '*IO',
      inputShape,
      kernelShape: [...kernel, inChannels, outChannels],
      apply: (x, w) => tf.conv3d(x, w, strides, pad, 'NDHWC', dilations),
    };
  }
  const pad = namedPads(dimensions) === 'same' ? 'same' : explicitPads(dimensions.map(({ padLow, padHigh }) => [padLow, padHigh]));
  if (groups === 1) {
    return {
      name: 'conv2d',
      weights: '*IO',
      inputShape,
      kernelShape: [...kernel, inChannels, outChannels],
      apply: (x, w) => tf.conv2d(x, w, strides as Pair, pad, 'NHWC', dilations as Pair),
    };
  }
  if (groups !== inChannels) throw new Refusal('no groups, unless each is one channel');
  return {
    name: 'depthwiseConv2d',
    // [h, w, in, multiplier]: the output features of a group lie together, as ours do.
    weights: '*IO',
    inputShape,
    kernelShape: [...kernel, inChannels, outChannels / groups],
    apply: (x, w) => tf.depthwiseConv2d(x, w, strides as Pair, pad, 'NHWC', dilations as Pair),
  };
}

interface Transposed {
  readonly inputShape: readonly number[];
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: readonly number[];
  readonly dimensions: readonly SpatialDimension[];
}

function transposed(tf: Tf, { inputShape, inChannels, outChannels, kernel, dimensions }: Transposed): Operation {
  const pads = explicitPads(dimensions.map(transposedPads).map(({ begin, end }) => [begin, end]));
  const outputShape = [inputShape[0], ...dimensions.map(({ output }) => output), outChannels];
  return {
    name: 'conv2dTranspose',
    weights: '*OI',
    reverseKernel: true,
    inputShape,
    kernelShape: [...kernel, outChannels, inChannels],
    apply: (x, w) => tf.conv2dTranspose(x, w, outputShape, dimensions.map(({ lhsDilation }) => lhsDilation) as Pair, pads),
  };
}

function explicitPads([height, width]: readonly Pair[]): ExplicitPads {
  return [[0, 0], height, width, [0, 0]];
}

/** 'same' where these are TensorFlow's SAME pads, 'valid' where there are none. */
function namedPads(dimensions: readonly SpatialDimension[]): 'same' | 'valid' | undefined {
  if (dimensions.every(({ padLow, padHigh }) => padLow === 0 && padHigh === 0)) return 'valid';
  const isSame = dimensions.every(({ input, kernel, output, stride, rhsDilation, padLow, padHigh }) => {
    const total = Math.max(0, (output - 1) * stride + (kernel - 1) * rhsDilation + 1 - input);
    return output === Math.ceil(input / stride) && padLow === Math.floor(total / 2) && padHigh === total - padLow;
  });
  return isSame ? 'same' : undefined;
}
