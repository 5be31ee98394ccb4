/** The example of examples/reverb in Chromium: on the audio thread, chunk by chunk, it gives what one long convolution gives, with no latency. */
import { expect, test } from 'vitest';
import { addReverb } from '../examples/reverb/reverb.ts';

const RATE = 48_000;
const CHUNK = 128;

function noise(length: number, seed: number, decay = Infinity): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, (_, index) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state >> 8) / 0x400000 - 1) * Math.exp(-index / decay);
  });
}

async function render(input: readonly Float32Array<ArrayBuffer>[], impulse: readonly Float32Array<ArrayBuffer>[], frames: number) {
  const context = new OfflineAudioContext(impulse.length, frames, RATE);
  const buffer = context.createBuffer(input.length, input[0].length, RATE);
  input.forEach((channel, index) => buffer.copyToChannel(channel, index));
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(await addReverb(context, impulse)).connect(context.destination);
  source.start();
  const rendered = await context.startRendering();
  return impulse.map((_, channel) => rendered.getChannelData(channel));
}

/** One element of the convolution, and Σ|x·h|, in double precision. */
function exact(x: Float32Array, h: Float32Array, at: number): { value: number; size: number } {
  let value = 0;
  let size = 0;
  for (let k = Math.max(0, at - x.length + 1); k <= Math.min(at, h.length - 1); k++) {
    value += x[at - k] * h[k];
    size += Math.abs(x[at - k] * h[k]);
  }
  return { value, size };
}

test('two channels against two seconds each are what the direct convolution says, at every chunk border', async () => {
  const frames = RATE / 2;
  const input = [noise(RATE / 4, 1), noise(RATE / 4, 2)];
  const impulse = [noise(2 * RATE, 3, RATE / 2), noise(2 * RATE, 4, RATE / 3)];
  const output = await render(input, impulse, frames);
  for (const [channel, out] of output.entries()) {
    for (let chunk = 0; chunk * CHUNK < frames; chunk++) {
      for (const at of [chunk * CHUNK, chunk * CHUNK + 61, chunk * CHUNK + CHUNK - 1].filter((each) => each < frames)) {
        const { value, size } = exact(input[channel], impulse[channel], at);
        // γ(K) of a direct sum of 96,000 products in float32, the plan's bound.
        expect(Math.abs(out[at] - value)).toBeLessThanOrEqual(96_000 * 2 ** -24 * size + 2 ** -24 * Math.abs(value));
      }
    }
  }
});

test('the latency is none: an impulse gives the response from its own frame on, wherever in a chunk it falls', async () => {
  for (const at of [0, 1, 127, 128, 300]) {
    const input = new Float32Array(at + 1);
    input[at] = 1;
    const impulse = noise(2000, 7);
    const [out] = await render([input], [impulse], at + 2000);
    expect(out.subarray(0, at).every((value) => value === 0)).toBe(true);
    expect(out.subarray(at)).toEqual(impulse);
  }
});
