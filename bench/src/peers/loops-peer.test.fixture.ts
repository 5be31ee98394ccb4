/** A peer that every machine has: plain loops with the channels first. It can be made wrong, slow, or limited on purpose. */
import type { BackendInfo } from '@laxconv/api/backend';
import type { Numbers, Peer } from './peer.ts';
import { Refusal } from './peer.ts';
import type { PlainConv } from './plain-conv.ts';

export interface LoopsOptions {
  readonly name?: string;
  readonly change?: (result: Float32Array) => void;
  readonly sample?: (calls: number) => Promise<number>;
  readonly onDispose?: (what: string) => void;
}

/** Convolutions without dilated lhs. */
export function loopsPeer({ name = 'loops-peer', change, sample, onDispose }: LoopsOptions = {}): Peer {
  const info: BackendInfo = { nonFinite: 'ieee', library: 'loops', version: '1.0' };
  const free = (what: string) => (): void => onDispose?.(what);
  return {
    name,
    info,
    plan(conv) {
      if (conv.spatial.some(({ lhsDilation }) => lhsDilation > 1)) throw new Refusal('no transposed convolutions');
      return {
        kernel: 'float32-loops',
        errorBound: { kind: 'pointwise', c: 1 },
        data: 'channels-first',
        weights: 'OI*',
        bind: (weights) => ({
          stage: (input) => ({
            run: (): Numbers => {
              const result = convolve(conv, input, weights);
              change?.(result);
              return result;
            },
            ...(sample === undefined ? {} : { sample }),
            dispose: free('input'),
          }),
          dispose: free('weights'),
        }),
      };
    },
    dispose: free('library'),
  };
}

function convolve({ batch, groups, inChannels, outChannels, spatial }: PlainConv, x: Float32Array, w: Float32Array): Float32Array {
  const inputs = positions(spatial.map(({ input }) => input));
  const outputs = positions(spatial.map(({ output }) => output));
  const taps = positions(spatial.map(({ kernel }) => kernel));
  const [inGroup, outGroup] = [inChannels / groups, outChannels / groups];
  const flat = new Map(inputs.map((position, index) => [position.join(), index]));
  const y = new Float32Array(batch * outChannels * outputs.length);
  for (let row = 0; row < batch * outChannels; row++) {
    const [n, o] = [Math.floor(row / outChannels), row % outChannels];
    outputs.forEach((p, at) => {
      let sum = 0;
      taps.forEach((k, tap) => {
        const index = flat.get(spatial.map(({ stride, rhsDilation, padLow }, d) => p[d] * stride + k[d] * rhsDilation - padLow).join());
        if (index === undefined) return;
        for (let i = 0; i < inGroup; i++) {
          const channel = Math.floor(o / outGroup) * inGroup + i;
          sum += x[(n * inChannels + channel) * inputs.length + index] * w[(o * inGroup + i) * taps.length + tap];
        }
      });
      y[row * outputs.length + at] = sum;
    });
  }
  return y;
}

/** All positions below these sizes, row-major. */
function positions(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>((all, size) => all.flatMap((head) => Array.from({ length: size }, (_, at) => [...head, at])), [[]]);
}
