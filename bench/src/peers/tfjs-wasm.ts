/** TensorFlow.js on its WASM backend: XNNPACK, one thread in Node. Operands stay tensors in its memory; results are read with dataSync. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { peerBackend } from './peer-backend.ts';
import type { Peer, PeerPlan } from './peer.ts';
import type { PlainConv } from './plain-conv.ts';
import { operationOf } from './tfjs/operation-of.ts';
import { loadTf, type LoadedTf, type TfTensor } from './tfjs/tf.ts';

/** The copy in use: all of its backends would share one engine anyway. */
let library: Promise<LoadedTf> | undefined;

/** A backend over TensorFlow.js. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('tfjs-wasm', options, []);
  library ??= loadTf('wasm');
  return peerBackend(tfPeer(await library));
}

function tfPeer(loaded: LoadedTf): Peer {
  const { tf } = loaded;
  return {
    name: 'tfjs-wasm-1t',
    info: { nonFinite: 'ieee', library: '@tensorflow/tfjs-backend-wasm', version: tf.version_core, threads: 1, isa: 'wasm simd128' },
    plan: (conv) => planOf(loaded, conv),
  };
}

function planOf({ tf, enter }: LoadedTf, conv: PlainConv): PeerPlan {
  const operation = operationOf(tf, conv);
  const disposeOf = (tensor: TfTensor): void => {
    enter();
    tensor.dispose();
  };
  return {
    kernel: `float32-${operation.name}`,
    errorBound: { kind: 'pointwise', c: 1 },
    data: 'channels-last',
    weights: operation.weights,
    reverseKernel: operation.reverseKernel ?? false,
    bind: (weights) => {
      enter();
      // XNNPACK's operator, weights packed, is cached by this tensor.
      const w = tf.tensor(weights, operation.kernelShape, 'float32');
      return {
        stage: (input) => {
          enter();
          const x = tf.tensor(input, operation.inputShape, 'float32');
          const run = (): Float32Array => {
            try {
              enter();
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
          return { run, dispose: () => disposeOf(x) };
        },
        dispose: () => disposeOf(w),
      };
    },
  };
}
