/**
 * jax-js on WASM, one thread. Operations are called as they are and not through its `jit`, which makes this one ten times slower in
 * version 0.1.25 (3×3 layer of 56×56: 820 ms and 83 ms). Its compiled kernels are cached by shape either way.
 */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeer } from './load-peer.ts';
import { peerBackend } from './peer-backend.ts';
import { Refusal, type Peer } from './peer.ts';

/** Operations take their operands over; `ref` is one more hold on them. */
interface JaxArray {
  readonly ref: JaxArray;
  dataSync(): Float32Array;
  dispose(): void;
}

interface ConvOptions {
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly featureGroupCount: number;
}

/** What is used of jax-js's API. */
interface JaxJs {
  init(device: 'wasm'): Promise<readonly string[]>;
  defaultDevice(device: 'wasm'): string;
  readonly numpy: { array(values: Float32Array, options: { readonly shape: readonly number[] }): JaxArray };
  readonly lax: {
    convGeneralDilated(
      lhs: JaxArray,
      rhs: JaxArray,
      windowStrides: readonly number[],
      padding: readonly (readonly [number, number])[],
      options: ConvOptions,
    ): JaxArray;
  };
}

/** A backend over jax-js. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('jax-js', options, []);
  const jax = await loadPeer<JaxJs>('@jax-js/jax');
  if (!(await jax.init('wasm')).includes('wasm')) throw new Error("jax-js's WASM backend does not start");
  jax.defaultDevice('wasm');
  return peerBackend(jaxPeer(jax));
}

function jaxPeer(jax: JaxJs): Peer {
  return {
    name: 'jax-js-1t',
    info: { nonFinite: 'ieee', library: '@jax-js/jax', threads: 1, isa: 'wasm simd128' },
    plan({ batch, groups, inChannels, outChannels, spatial }) {
      if (spatial.length === 0) throw new Refusal('no convolution without spatial dimensions');
      const inputShape = [batch, inChannels, ...spatial.map(({ input }) => input)];
      const kernelShape = [outChannels, inChannels / groups, ...spatial.map(({ kernel }) => kernel)];
      const strides = spatial.map(({ stride }) => stride);
      const padding = spatial.map(({ padLow, padHigh }) => [padLow, padHigh] as const);
      const options: ConvOptions = {
        lhsDilation: spatial.map(({ lhsDilation }) => lhsDilation),
        rhsDilation: spatial.map(({ rhsDilation }) => rhsDilation),
        featureGroupCount: groups,
      };
      return {
        kernel: 'float32-convGeneralDilated',
        errorBound: { kind: 'pointwise', c: 1 },
        data: 'channels-first',
        weights: 'OI*',
        bind: (weights) => {
          const w = jax.numpy.array(weights, { shape: kernelShape });
          return {
            stage: (input) => {
              const x = jax.numpy.array(input, { shape: inputShape });
              return {
                run: () => jax.lax.convGeneralDilated(x.ref, w.ref, strides, padding, options).dataSync(),
                dispose: () => x.dispose(),
              };
            },
            dispose: () => w.dispose(),
          };
        },
      };
    },
  };
}
