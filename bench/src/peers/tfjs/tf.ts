/** TensorFlow.js, as much of it as its peers use. */
import { loadPeerAnew } from '../load-peer.ts';

/** Operations return new ones; whoever made one disposes of it. */
export interface TfTensor {
  data(): Promise<Float32Array>;
  dataSync(): Float32Array;
  dispose(): void;
}

/** Of height and width, or of what lies before and behind. */
export type Pair = [number, number];
/** Of batch, height, width and channels. */
export type ExplicitPads = readonly [Pair, Pair, Pair, Pair];

/** What is used of a backend: the WebGPU one gathers commands, and submits them when it has many or is told to. */
export interface TfBackend {
  endComputePassEncoder?(): void;
  submitQueue?(): void;
}

/** What is used of tfjs-core's API. */
export interface Tf {
  setBackend(name: string): Promise<boolean>;
  /** The backend in use. */
  backend(): TfBackend;
  tensor(values: Float32Array, shape: readonly number[], dtype: 'float32'): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: Pair, pad: ExplicitPads | 'same', dataFormat: 'NHWC', dilations: Pair): TfTensor;
  depthwiseConv2d(x: TfTensor, filter: TfTensor, strides: Pair, pad: ExplicitPads | 'same', dataFormat: 'NHWC', dilations: Pair): TfTensor;
  conv2dTranspose(x: TfTensor, filter: TfTensor, outputShape: readonly number[], strides: Pair, pad: ExplicitPads): TfTensor;
  conv3d(x: TfTensor, filter: TfTensor, strides: readonly number[], pad: 'same' | 'valid', format: 'NDHWC', dilations: number[]): TfTensor;
  readonly version_core: string;
}

/** A copy of the library with one backend, set. */
export interface LoadedTf {
  readonly tf: Tf;
  /** To be called before each use of `tf` and of its tensors: they look for their engine in a global. */
  enter(): void;
}

/** Where tfjs-core keeps its engine, with tensors and kernels. */
const GLOBALS = ['_tfengine', '_tfGlobals'] as const;

/** A copy that shares nothing with an earlier one. Throws an Error where the backend does not start. */
export async function loadTf(backend: 'wasm' | 'webgpu'): Promise<LoadedTf> {
  for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name);
  const tf = await loadPeerAnew<Tf>('@tensorflow/tfjs-core', `@tensorflow/tfjs-backend-${backend}`);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js's backend ${backend} does not start`);
  const own = GLOBALS.map((name) => [name, Reflect.get(globalThis, name)] as const);
  return {
    tf,
    enter: () => {
      for (const [name, value] of own) Reflect.set(globalThis, name, value);
    },
  };
}
