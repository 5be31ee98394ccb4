/** The program of a worker, in Node and in browsers. It imports nothing of other packages, so that it loads wherever this file does. */
import { nodeThreads } from './platform.ts';
import { serve, type Boot } from './serve.ts';

const node = nodeThreads();
if (node !== undefined && node.parentPort !== null) {
  const { parentPort } = node;
  serve(node.workerData as Boot, (message) => parentPort.postMessage(message));
} else {
  addEventListener('message', ({ data }: MessageEvent<Boot>) => serve(data, (message) => postMessage(message)), { once: true });
}
