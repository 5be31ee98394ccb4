/**
 * onnxruntime-web on WebGPU. Its kernels have the channels last, and so have the model's input and output here, but for the depthwise
 * ones, which are faster with the channels first. Its graph capture is not used: with several sessions it mixes up their buffers.
 */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { sharedGpu, type GpuBuffer, type GpuDevice, type SharedGpu } from '../gpu/shared-gpu.ts';
import { stagedOnGpu } from './gpu-staging.ts';
import { loadPeer } from './load-peer.ts';
import { dataShape, encodeConvModel, INPUT, OUTPUT, type OnnxConv } from './onnx/conv-model.ts';
import { onnxPlan } from './onnx/onnx-peer.ts';
import { withWorker } from './onnx/with-worker.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { peerBackend } from './peer-backend.ts';
import { Refusal, type DataLayout, type Peer, type PeerConv } from './peer.ts';

/** One that is made of a buffer leaves it its owner's. */
interface GpuTensor {
  getData(releaseData: true): Promise<Float32Array>;
  dispose(): void;
}

interface SessionOptions {
  readonly executionProviders: readonly [
    { readonly name: 'webgpu'; readonly device: GpuDevice; readonly preferredLayout: 'NHWC' | 'NCHW' },
  ];
  readonly preferredOutputLocation: 'gpu-buffer';
  readonly extra: { readonly session: Readonly<Record<string, string>> };
}

interface Session {
  run(feeds: Readonly<Record<string, GpuTensor>>): Promise<Readonly<Record<string, GpuTensor>>>;
  release(): Promise<void>;
}

/** What is used of onnxruntime-web's API. */
interface OnnxWeb {
  readonly env: { readonly wasm: { numThreads?: number }; readonly versions: Readonly<Record<string, string>> };
  readonly InferenceSession: { create(model: Uint8Array, options: SessionOptions): Promise<Session> };
  readonly Tensor: {
    fromGpuBuffer(buffer: GpuBuffer, options: { readonly dataType: 'float32'; readonly dims: readonly number[] }): GpuTensor;
  };
}

/** The WASM module is suspended while it waits for the GPU: a second call into it meanwhile never ends. */
const inTurn = oneAtATime();

/** A backend over onnxruntime-web's WebGPU kernels. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('ort-webgpu', options, []);
  const gpu = await sharedGpu();
  const ort = await loadPeer<OnnxWeb>('onnxruntime-web/webgpu');
  // Nothing is computed on its CPU threads.
  ort.env.wasm.numThreads = 1;
  return peerBackend(ortPeer(ort, gpu));
}

function ortPeer(ort: OnnxWeb, gpu: SharedGpu): Peer {
  return {
    name: 'ort-webgpu',
    info: { nonFinite: 'unspecified', library: 'onnxruntime-web', version: ort.env.versions['web'], adapter: gpu.adapter },
    plan(plain) {
      const { conv, ...plan } = onnxPlan(plain);
      if (plain.spatial.length > 2 && (conv.operator === 'ConvTranspose' || plain.groups > 1))
        throw new Refusal('in 3-D neither groups nor transposed convolutions');
      const isDepthwise = plain.groups > 1 && plain.groups === plain.inChannels;
      const data = isDepthwise ? 'channels-first' : 'channels-last';
      return { ...plan, data, bind: (weights) => bind({ ort, gpu, conv, data, weights }) };
    },
  };
}

interface Binding {
  readonly ort: OnnxWeb;
  readonly gpu: SharedGpu;
  readonly conv: OnnxConv;
  readonly data: DataLayout;
  readonly weights: Float32Array<ArrayBuffer>;
}

async function bind({ ort, gpu, conv, data, weights }: Binding): Promise<PeerConv> {
  const { device } = gpu;
  const preferredLayout = data === 'channels-first' ? 'NCHW' : 'NHWC';
  const options: SessionOptions = {
    executionProviders: [{ name: 'webgpu', device, preferredLayout }],
    preferredOutputLocation: 'gpu-buffer',
    // What has no WebGPU kernel would run on the CPU, without a word.
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  };
  const model = encodeConvModel(conv, weights, data);
  const session = await inTurn(() => withWorker(() => ort.InferenceSession.create(model, options)));
  return {
    stage: (input) => {
      const buffer = device.createBuffer({ size: input.byteLength, usage: STORAGE_AND_COPIES });
      device.queue.writeBuffer(buffer, 0, input);
      const x = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: dataShape(conv.inputShape, data) });
      return stagedOnGpu(gpu, {
        run: async () => (await inTurn(() => session.run({ [INPUT]: x })))[OUTPUT],
        read: (y) => y.getData(true),
        free: (y) => y.dispose(),
        dispose: () => buffer.destroy(),
      });
    },
    dispose: () => inTurn(() => session.release()),
  };
}

/** GPUBufferUsage.STORAGE | COPY_SRC | COPY_DST. */
const STORAGE_AND_COPIES = 0x80 | 0x04 | 0x08;
