/**
 * onnxruntime-web on WebGPU. Its kernels have the channels last, and so have the model's input and output here, but for the depthwise
 * ones, which are faster with the channels first. A session's graph is captured: it writes into one output, and runs without the host's
 * work for each operator.
 */
import { checkOptions, sizeOf, type Backend } from '@laxconv/api/backend';
import { readBuffer } from '../gpu/read-buffer.ts';
import { sharedGpu, type GpuBuffer, type GpuDevice, type SharedGpu } from '../gpu/shared-gpu.ts';
import { stagedOnGpu } from './gpu-staging.ts';
import { loadPeer } from './load-peer.ts';
import { dataShape, encodeConvModel, INPUT, OUTPUT, type OnnxConv } from './onnx/conv-model.ts';
import { onnxPlan } from './onnx/onnx-peer.ts';
import { peerBackend } from './peer-backend.ts';
import type { DataLayout, Peer, PeerConv } from './peer.ts';

/** Of a buffer, which stays its owner's. */
type GpuTensor = object;

interface SessionOptions {
  readonly executionProviders: readonly [
    { readonly name: 'webgpu'; readonly device: GpuDevice; readonly preferredLayout: 'NHWC' | 'NCHW' },
  ];
  readonly preferredOutputLocation: 'gpu-buffer';
  readonly enableGraphCapture: true;
  readonly extra: { readonly session: Readonly<Record<string, string>> };
}

interface Session {
  run(feeds: Readonly<Record<string, GpuTensor>>, fetches: Readonly<Record<string, GpuTensor>>): Promise<unknown>;
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
  const session = await ort.InferenceSession.create(encodeConvModel(conv, weights, data), {
    executionProviders: [{ name: 'webgpu', device, preferredLayout }],
    preferredOutputLocation: 'gpu-buffer',
    enableGraphCapture: true,
    // What has no WebGPU kernel would run on the CPU, without a word.
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  });
  const tensorOf = (shape: readonly number[]): readonly [GpuBuffer, GpuTensor] => {
    const buffer = device.createBuffer({ size: 4 * sizeOf(shape), usage: STORAGE_AND_COPIES });
    return [buffer, ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: dataShape(shape, data) })];
  };
  return {
    stage: (input) => {
      const [buffer, x] = tensorOf(conv.inputShape);
      const [result, y] = tensorOf(conv.outputShape);
      device.queue.writeBuffer(buffer, 0, input);
      return stagedOnGpu(gpu, {
        run: () => session.run({ [INPUT]: x }, { [OUTPUT]: y }),
        read: () => readBuffer(device, result, sizeOf(conv.outputShape)),
        free: () => undefined,
        dispose: () => {
          buffer.destroy();
          result.destroy();
        },
      });
    },
    dispose: () => session.release(),
  };
}

/** GPUBufferUsage.STORAGE | COPY_SRC | COPY_DST. */
const STORAGE_AND_COPIES = 0x80 | 0x04 | 0x08;
