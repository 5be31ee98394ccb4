/** TensorFlow.js on its WASM backend: XNNPACK, one thread in Node. Operands stay tensors in its memory; results are read with dataSync. */
import { checkOptions, type Backend, type SpatialDimension } from '@laxconv/api/backend';
import { loadPeerAnew } from './load-peer.ts';
import { peerBackend } from './peer-backend.ts';
import { Refusal, type Peer, type PeerPlan } from './peer.ts';
import { transposedPads, type PlainConv } from './plain-conv.ts';

interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
}

type Pair = [number, number];
type ExplicitPads = readonly [Pair, Pair, Pair, Pair];

/** What is used of tfjs-core's API. */
interface Tf {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[], dtype: 'float32'): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: Pair, pad: ExplicitPads | 'same', dataFormat: 'NHWC', dilations: Pair): TfTensor;
  depthwiseConv2d(x: TfTensor, filter: TfTensor, strides: Pair, pad: ExplicitPads | 'same', dataFormat: 'NHWC', dilations: Pair): TfTensor;
  conv2dTranspose(x: TfTensor, filter: TfTensor, outputShape: readonly number[], strides: Pair, pad: ExplicitPads): TfTensor;
  conv3d(x: TfTensor, filter: TfTensor, strides: readonly number[], pad: 'same' | 'valid', format: 'NDHWC', dilations: number[]): TfTensor;
  readonly version_core: string;
}

/** The copy in use: all of its backends would share one engine anyway. */
let library: Promise<Tf> | undefined;

/** A backend over TensorFlow.js. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('tfjs-wasm', options, []);
  library ??= loadLibrary();
  const tf = await library;
  if (!(await tf.setBackend('wasm'))) throw new Error("TensorFlow.js's WASM backend does not start");
  return peerBackend(tfPeer(tf));
}

/** A copy that shares nothing with an earlier one: tfjs-core keeps its engine, with tensors and kernels, in globals. */
function loadLibrary(): Promise<Tf> {
  for (const name of ['_tfengine', '_tfGlobals']) Reflect.deleteProperty(globalThis, name);
  return loadPeerAnew<Tf>('@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm');
}

function tfPeer(tf: Tf): Peer {
  return {
    name: 'tfjs-wasm-1t',
    info: { nonFinite: 'ieee', library: '@tensorflow/tfjs-backend-wasm', version: tf.version_core, threads: 1, isa: 'wasm simd128' },
    plan: (conv) => planOf(tf, conv),
  };
}

interface Operation {
  readonly name: string;
  readonly weights: PeerPlan['weights'];
  readonly reverseKernel?: boolean;
  /** Shapes without the axes that a missing dimension adds. */
  readonly kernelShape: readonly number[];
  readonly apply: (x: TfTensor, w: TfTensor) => TfTensor;
}

function planOf(tf: Tf, conv: PlainConv): PeerPlan {
  const operation = operationOf(tf, conv);
  const inputShape = [conv.batch, ...padded(conv.spatial).map(({ input }) => input), conv.inChannels];
  return {
    kernel: `float32-${operation.name}`,
    errorBound: { kind: 'pointwise', c: 1 },
    data: 'channels-last',
    weights: operation.weights,
    reverseKernel: operation.reverseKernel ?? false,
    bind: (weights) => {
      // XNNPACK's operator, weights packed, is cached by this tensor.
      const w = tf.tensor(weights, operation.kernelShape, 'float32');
      return {
        stage: (input) => {
          const x = tf.tensor(input, inputShape, 'float32');
          const run = (): Float32Array => {
            try {
              const y = operation.apply(x, w);
              const data = y.dataSync();
              y.dispose();
              return data;
            } catch (error) {
              // A kernel beyond its means leaves its memory corrupt, and nothing is right after that: the next backend gets a fresh copy.
              library = undefined;
              throw error;
            }
          };
          return { run, dispose: () => x.dispose() };
        },
        dispose: () => w.dispose(),
      };
    },
  };
}

const SINGLE: SpatialDimension = { input: 1, kernel: 1, output: 1, stride: 1, padLow: 0, padHigh: 0, lhsDilation: 1, rhsDilation: 1 };

/** Fewer than two spatial dimensions run as two. */
function padded(spatial: readonly SpatialDimension[]): readonly SpatialDimension[] {
  return [...[SINGLE, SINGLE].slice(spatial.length), ...spatial];
}

function operationOf(tf: Tf, { batch, groups, inChannels, outChannels, spatial }: PlainConv): Operation {
  const dimensions = padded(spatial);
  if (dimensions.length > 3) throw new Refusal(`at most 3 spatial dimensions, not ${dimensions.length}`);
  const kernel = dimensions.map((dimension) => dimension.kernel);
  const strides = dimensions.map(({ stride }) => stride);
  const dilations = dimensions.map(({ rhsDilation }) => rhsDilation);
  const hasStride = strides.some((stride) => stride > 1);
  const hasDilation = dilations.some((dilation) => dilation > 1);
  if (hasStride && hasDilation) throw new Refusal('no strides together with a dilated kernel');
  if (dimensions.some(({ lhsDilation }) => lhsDilation > 1)) {
    if (dimensions.length > 2 || groups > 1 || hasDilation)
      throw new Refusal('transposed convolutions in 2-D, without groups and without a dilated kernel');
    return transposed(tf, { batch, inChannels, outChannels, kernel, dimensions });
  }
  if (dimensions.length === 3) {
    const pad = namedPads(dimensions);
    if (pad === undefined || groups > 1 || hasDilation)
      throw new Refusal('3-D convolutions padded SAME or VALID, without groups and without a dilated kernel');
    return {
      name: 'conv3d',
      weights: '*IO',
      kernelShape: [...kernel, inChannels, outChannels],
      apply: (x, w) => tf.conv3d(x, w, strides, pad, 'NDHWC', dilations),
    };
  }
  const pad = namedPads(dimensions) === 'same' ? 'same' : explicitPads(dimensions.map(({ padLow, padHigh }) => [padLow, padHigh]));
  if (groups === 1) {
    return {
      name: 'conv2d',
      weights: '*IO',
      kernelShape: [...kernel, inChannels, outChannels],
      apply: (x, w) => tf.conv2d(x, w, strides as Pair, pad, 'NHWC', dilations as Pair),
    };
  }
  if (groups !== inChannels) throw new Refusal('no groups, unless each is one channel');
  return {
    name: 'depthwiseConv2d',
    // [h, w, in, multiplier]: the output features of a group lie together, as ours do.
    weights: '*IO',
    kernelShape: [...kernel, inChannels, outChannels / groups],
    apply: (x, w) => tf.depthwiseConv2d(x, w, strides as Pair, pad, 'NHWC', dilations as Pair),
  };
}

interface Transposed {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: readonly number[];
  readonly dimensions: readonly SpatialDimension[];
}

function transposed(tf: Tf, { batch, inChannels, outChannels, kernel, dimensions }: Transposed): Operation {
  const pads = explicitPads(dimensions.map(transposedPads).map(({ begin, end }) => [begin, end]));
  const outputShape = [batch, ...dimensions.map(({ output }) => output), outChannels];
  return {
    name: 'conv2dTranspose',
    weights: '*OI',
    reverseKernel: true,
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
