/** A long convolution, chunk by chunk: what an AudioWorklet gets 128 frames of at a time, against an impulse response of seconds. */
import { laxconvOn, tensor, type Tensor } from '@laxconv/api';
import { createBackend } from '@laxconv/wasm';

/** The frames of a chunk: an AudioWorklet's quantum. */
export const CHUNK = 128;

/**
 * Convolves each channel with its impulse response. The latency is 0: a chunk's result is complete when the chunk is there.
 *
 * Each chunk is one problem, the last `taps + 127` frames of input against all taps, both in one array for all channels (a channel is a
 * feature group). That takes 12 million multiply-adds a chunk for 2 seconds at 48 kHz, about 0.6 ms of the 2.7 that a chunk lasts. An FFT
 * over longer blocks would take less in all, and either wait for its block, or do the work of many chunks in one of them.
 */
export class ChunkConvolver {
  readonly #history: Tensor<'float32'>;
  readonly #result: Tensor<'float32'>;
  readonly #run: () => void;
  readonly #frames: number;

  private constructor(history: Tensor<'float32'>, result: Tensor<'float32'>, run: () => void) {
    this.#history = history;
    this.#result = result;
    this.#run = run;
    this.#frames = history.shape[2];
  }

  /** Prepares it. With a compiled module nothing is fetched or loaded, so that it can be made in an AudioWorklet. */
  static async create(impulse: readonly Float32Array<ArrayBuffer>[], module: WebAssembly.Module): Promise<ChunkConvolver> {
    const { lax } = laxconvOn(await createBackend({ module, threads: 1 }));
    const channels = impulse.length;
    const taps = impulse[0].length;
    const rhs = tensor(new Float32Array(channels * taps), [channels, 1, taps]);
    // A convolution meets the impulse response backwards.
    impulse.forEach((channel, index) => rhs.data.set(channel.toReversed(), index * taps));
    const history = tensor(new Float32Array(channels * (taps + CHUNK - 1)), [1, channels, taps + CHUNK - 1]);
    const result = tensor(new Float32Array(channels * CHUNK), [1, channels, CHUNK]);
    const conv = await lax.prepareConvGeneralDilated(history, rhs, [1], 'VALID', { featureGroupCount: channels, precision: 'highest' });
    const options = { out: result };
    return new ChunkConvolver(history, result, () => void conv.runSync(history, options));
  }

  /** The next chunk: of each channel 128 frames in, 128 out. Allocates nothing. A channel without input is silent. */
  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const frames = this.#frames;
    const history = this.#history.data;
    const result = this.#result.data;
    const channels = history.length / frames;
    history.copyWithin(0, CHUNK);
    for (let channel = 0; channel < channels; channel++) {
      const at = (channel + 1) * frames - CHUNK;
      if (channel < input.length) history.set(input[channel], at);
      else history.fill(0, at, at + CHUNK);
    }
    this.#run();
    for (let channel = 0; channel < Math.min(channels, output.length); channel++) {
      // No subarray: that would be an object for each chunk.
      const target = output[channel];
      for (let frame = 0; frame < CHUNK; frame++) target[frame] = result[channel * CHUNK + frame];
    }
  }
}
