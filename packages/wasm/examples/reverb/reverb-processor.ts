/** The audio thread's side: no fetch, no URL, no timers and no dynamic import there, so the compiled module comes with the options. */
import { ChunkConvolver } from './chunk-convolver.ts';

/** What of an AudioWorklet's global scope is used; TypeScript's own libraries do not have it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: ReverbOptions }) => AudioWorkletProcessor,
): void;

/** What the processor is made with. */
export interface ReverbOptions {
  readonly module: WebAssembly.Module;
  /** The impulse response, channel by channel. */
  readonly impulse: readonly Float32Array<ArrayBuffer>[];
}

class ReverbProcessor extends AudioWorkletProcessor {
  #convolver: ChunkConvolver | undefined;

  constructor({ processorOptions: { module, impulse } }: { processorOptions: ReverbOptions }) {
    super();
    void this.#start(module, impulse);
  }

  async #start(module: WebAssembly.Module, impulse: readonly Float32Array<ArrayBuffer>[]): Promise<void> {
    try {
      this.#convolver = await ChunkConvolver.create(impulse, module);
      this.port.postMessage('ready');
    } catch (error) {
      this.port.postMessage(String(error));
    }
  }

  /** Called by the audio thread. Silent until it is ready; `addReverb` waits for that. */
  process([input]: readonly (readonly Float32Array[])[], [output]: readonly (readonly Float32Array[])[]): boolean {
    this.#convolver?.process(input, output);
    return true;
  }
}

registerProcessor('laxconv-reverb', ReverbProcessor);
