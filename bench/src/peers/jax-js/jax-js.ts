/** jax-js, as much of it as its peers use, and how it has a convolution. Its backends share one copy: each array says where it lies. */
import { loadPeer } from '../load-peer.ts';
import { Refusal, type PeerPlan } from '../peer.ts';
import type { PlainConv } from '../plain-conv.ts';

/** Operations take their operands over; `ref` is one more hold on them. */
export interface JaxArray {
  readonly ref: JaxArray;
  data(): Promise<Float32Array>;
  dataSync(): Float32Array;
  /** Has it computed; the buffer is jax-js's. */
  gpuBuffer(): Promise<unknown>;
  dispose(): void;
}

interface ConvOptions {
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly featureGroupCount: number;
}

export type Device = 'wasm' | 'webgpu';

export interface JaxFunction {
  (lhs: JaxArray, rhs: JaxArray): JaxArray;
}

/** What is used of jax-js's API. */
export interface JaxJs {
  init(device: Device): Promise<readonly string[]>;
  jit(f: JaxFunction): JaxFunction & { dispose(): void };
  readonly numpy: { array(values: Float32Array, options: { readonly shape: readonly number[]; readonly device: Device }): JaxArray };
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

/** The library, with one of its backends started. Throws an Error where that does not start. */
export async function loadJaxJs(device: Device): Promise<JaxJs> {
  const jax = await loadPeer<JaxJs>('@jax-js/jax');
  if (!(await jax.init(device)).includes(device)) throw new Error(`jax-js's backend ${device} does not start`);
  return jax;
}

/** A convolution in jax-js's terms. */
export interface JaxConv {
  readonly inputShape: readonly number[];
  readonly kernelShape: readonly number[];
  readonly apply: JaxFunction;
  /** What its backends have in common in a plan. */
  readonly plan: Omit<PeerPlan, 'bind'>;
}

/** The convolution. Throws a Refusal where there is none. */
export function jaxConv(jax: JaxJs, { batch, groups, inChannels, outChannels, spatial }: PlainConv): JaxConv {
  if (spatial.length === 0) throw new Refusal('no convolution without spatial dimensions');
  const strides = spatial.map(({ stride }) => stride);
  const padding = spatial.map(({ padLow, padHigh }) => [padLow, padHigh] as const);
  const options: ConvOptions = {
    lhsDilation: spatial.map(({ lhsDilation }) => lhsDilation),
    rhsDilation: spatial.map(({ rhsDilation }) => rhsDilation),
    featureGroupCount: groups,
  };
  return {
    inputShape: [batch, inChannels, ...spatial.map(({ input }) => input)],
    kernelShape: [outChannels, inChannels / groups, ...spatial.map(({ kernel }) => kernel)],
    apply: (x, w) => jax.lax.convGeneralDilated(x, w, strides, padding, options),
    plan: {
      kernel: 'float32-convGeneralDilated',
      errorBound: { kind: 'pointwise', c: 1 },
      data: 'channels-first',
      weights: 'OI*',
    },
  };
}
