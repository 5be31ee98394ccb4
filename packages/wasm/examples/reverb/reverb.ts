/** A reverb for Web Audio: connect a source to the node, and the node to the destination. */
import { compileModule } from '@laxconv/wasm';
import type { ReverbOptions } from './reverb-processor.ts';

/**
 * A node that convolves what comes in with `impulse`, without latency. It is ready when the promise settles.
 *
 * @example
 * const context = new AudioContext();
 * const reverb = await addReverb(context, [left, right]); // 2 seconds, say
 * source.connect(reverb).connect(context.destination);
 */
export async function addReverb(context: BaseAudioContext, impulse: readonly Float32Array<ArrayBuffer>[]): Promise<AudioWorkletNode> {
  const [module] = await Promise.all([compileModule(), context.audioWorklet.addModule(new URL('./reverb-processor.ts', import.meta.url))]);
  const processorOptions: ReverbOptions = { module, impulse };
  const node = new AudioWorkletNode(context, 'laxconv-reverb', {
    processorOptions,
    channelCount: impulse.length,
    channelCountMode: 'explicit',
    outputChannelCount: [impulse.length],
  });
  await new Promise<void>((resolve, reject) => {
    node.port.addEventListener('message', ({ data }: MessageEvent<string>) => (data === 'ready' ? resolve() : reject(new Error(data))));
    node.port.start();
    node.addEventListener('processorerror', () => reject(new Error('the processor of the reverb has failed')));
  });
  return node;
}
