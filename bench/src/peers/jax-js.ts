/**
 * jax-js on WASM, one thread. Operations are called as they are and not through its `jit`, which makes this one ten times slower in
 * version 0.1.25 (3×3 layer of 56×56: 820 ms and 83 ms). Its compiled kernels are cached by shape either way.
 */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { jaxConv, loadJaxJs, type JaxJs } from './jax-js/jax-js.ts';
import { peerBackend } from './peer-backend.ts';
import type { Peer } from './peer.ts';

/** A backend over jax-js. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('jax-js', options, []);
  return peerBackend(jaxPeer(await loadJaxJs('wasm')));
}

function jaxPeer(jax: JaxJs): Peer {
  return {
    name: 'jax-js-1t',
    info: { nonFinite: 'ieee', library: '@jax-js/jax', threads: 1, isa: 'wasm simd128' },
    plan(conv) {
      const { inputShape, kernelShape, apply, plan } = jaxConv(jax, conv);
      return {
        ...plan,
        bind: (weights) => {
          const w = jax.numpy.array(weights, { shape: kernelShape, device: 'wasm' });
          return {
            stage: (input) => {
              const x = jax.numpy.array(input, { shape: inputShape, device: 'wasm' });
              return { run: () => apply(x.ref, w.ref).dataSync(), dispose: () => x.dispose() };
            },
            dispose: () => w.dispose(),
          };
        },
      };
    },
  };
}
