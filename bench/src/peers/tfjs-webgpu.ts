/** TensorFlow.js on its WebGPU backend. Operands and results are tensors in the GPU's memory. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { sharedGpu, type SharedGpu } from '../gpu/shared-gpu.ts';
import { stagedOnGpu } from './gpu-staging.ts';
import { peerBackend } from './peer-backend.ts';
import type { Peer, PeerPlan } from './peer.ts';
import type { PlainConv } from './plain-conv.ts';
import { operationOf } from './tfjs/operation-of.ts';
import { loadTf, type LoadedTf, type TfTensor } from './tfjs/tf.ts';

/** A backend over TensorFlow.js, with a copy of the library, which asks `navigator.gpu` for its device. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('tfjs-webgpu', options, []);
  const gpu = await sharedGpu();
  return peerBackend(tfPeer(await loadTf('webgpu'), gpu));
}

function tfPeer(loaded: LoadedTf, gpu: SharedGpu): Peer {
  const { adapter } = gpu;
  return {
    name: 'tfjs-webgpu',
    info: { nonFinite: 'unspecified', library: '@tensorflow/tfjs-backend-webgpu', version: loaded.tf.version_core, adapter },
    plan: (conv) => planOf(loaded, gpu, conv),
  };
}

function planOf({ tf, enter }: LoadedTf, gpu: SharedGpu, conv: PlainConv): PeerPlan {
  const { name, weights, reverseKernel = false, inputShape, kernelShape, apply } = operationOf(tf, conv);
  const backend = tf.backend();
  const disposeOf = (tensor: TfTensor): void => {
    enter();
    tensor.dispose();
  };
  return {
    kernel: `float32-${name}`,
    errorBound: { kind: 'pointwise', c: 1 },
    data: 'channels-last',
    weights,
    reverseKernel,
    bind: (values) => {
      enter();
      const w = tf.tensor(values, kernelShape, 'float32');
      return {
        stage: (input) => {
          enter();
          const x = tf.tensor(input, inputShape, 'float32');
          return stagedOnGpu(gpu, {
            run: () => {
              enter();
              const y = apply(x, w);
              // It would wait for more commands before it submits any.
              backend.endComputePassEncoder?.();
              backend.submitQueue?.();
              return y;
            },
            read: async (y) => {
              enter();
              const data = await y.data();
              disposeOf(y);
              return data;
            },
            free: disposeOf,
            dispose: () => disposeOf(x),
          });
        },
        dispose: () => disposeOf(w),
      };
    },
  };
}
