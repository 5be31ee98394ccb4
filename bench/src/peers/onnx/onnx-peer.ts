/** A peer over an ONNX Runtime, web or native: one session per set of weights, which it has packed when the session is made. */
import type { BackendInfo } from '@laxconv/api/backend';
import { Refusal, type Peer, type PeerConv, type PeerPlan } from '../peer.ts';
import type { PlainConv } from '../plain-conv.ts';
import { encodeConvModel, INPUT, onnxConv, OUTPUT, type OnnxConv } from './conv-model.ts';

/** What is used of onnxruntime-common's API. */
export interface OnnxRuntime {
  readonly env: { readonly wasm?: { numThreads?: number }; readonly versions: Readonly<Record<string, string>> };
  readonly InferenceSession: { create(model: Uint8Array, options: SessionOptions): Promise<OnnxSession> };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
}

export interface SessionOptions {
  readonly executionProviders: readonly string[];
  readonly intraOpNumThreads?: number;
  readonly interOpNumThreads?: number;
}

interface OnnxSession {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

interface OnnxTensor {
  readonly data: unknown;
}

export interface OnnxPeerOptions {
  readonly name: string;
  readonly runtime: OnnxRuntime;
  readonly session: SessionOptions;
  readonly info: Readonly<Record<string, unknown>>;
}

/** The runtimes' kernels take 1 to 3 spatial dimensions. */
const MOST_DIMENSIONS = 3;

/** What all runtimes have in common in a plan. */
export function onnxPlan(plain: PlainConv): Omit<PeerPlan, 'data' | 'bind'> & { readonly conv: OnnxConv } {
  const { length } = plain.spatial;
  if (length === 0 || length > MOST_DIMENSIONS) throw new Refusal(`1 to ${MOST_DIMENSIONS} spatial dimensions, not ${length}`);
  const conv = onnxConv(plain);
  const isTransposed = conv.operator === 'ConvTranspose';
  return {
    conv,
    kernel: `float32-${conv.operator}`,
    errorBound: { kind: 'pointwise', c: 1 },
    weights: isTransposed ? 'IO*' : 'OI*',
    // A transposed convolution spreads each element by the kernel as it stands; ours gathers.
    reverseKernel: isTransposed,
  };
}

/** A peer over a started runtime. */
export function onnxPeer({ name, runtime, session: sessionOptions, info }: OnnxPeerOptions): Peer {
  const backendInfo: BackendInfo = { nonFinite: 'ieee', ...info };
  return {
    name,
    info: backendInfo,
    plan(plain) {
      const { conv, ...plan } = onnxPlan(plain);
      return {
        ...plan,
        data: 'channels-first',
        bind: async (weights): Promise<PeerConv> => {
          const session = await runtime.InferenceSession.create(encodeConvModel(conv, weights), sessionOptions);
          return {
            stage: (input) => {
              const feeds = { [INPUT]: new runtime.Tensor('float32', input, conv.inputShape) };
              return { run: async () => (await session.run(feeds))[OUTPUT].data as Float32Array };
            },
            dispose: () => session.release(),
          };
        },
      };
    },
  };
}
