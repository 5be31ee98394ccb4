/** jax-js on WebGPU, through its `jit`, which here makes a call cheaper, other than on WASM. Arrays lie in the GPU's memory. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { sharedGpu, type SharedGpu } from '../gpu/shared-gpu.ts';
import { stagedOnGpu } from './gpu-staging.ts';
import { jaxConv, loadJaxJs, type JaxJs } from './jax-js/jax-js.ts';
import { peerBackend } from './peer-backend.ts';
import type { Peer } from './peer.ts';

/** A backend over jax-js, which asks `navigator.gpu` for its device. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('jax-js-webgpu', options, []);
  const gpu = await sharedGpu();
  return peerBackend(jaxPeer(await loadJaxJs('webgpu'), gpu));
}

function jaxPeer(jax: JaxJs, gpu: SharedGpu): Peer {
  return {
    name: 'jax-js-webgpu',
    info: { nonFinite: 'unspecified', library: '@jax-js/jax', adapter: gpu.adapter },
    plan(conv) {
      const { inputShape, kernelShape, apply, plan } = jaxConv(jax, conv);
      return {
        ...plan,
        bind: (weights) => {
          const w = jax.numpy.array(weights, { shape: kernelShape, device: 'webgpu' });
          const compiled = jax.jit(apply);
          return {
            stage: (input) => {
              const x = jax.numpy.array(input, { shape: inputShape, device: 'webgpu' });
              return stagedOnGpu(gpu, {
                run: async () => {
                  const y = compiled(x.ref, w.ref);
                  await y.ref.gpuBuffer();
                  return y;
                },
                read: (y) => y.data(),
                free: (y) => y.dispose(),
                dispose: () => x.dispose(),
              });
            },
            dispose: () => {
              compiled.dispose();
              w.dispose();
            },
          };
        },
      };
    },
  };
}
