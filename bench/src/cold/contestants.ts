/** Who is started cold: our backends by module, and the peers that run in a browser. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { encodeConvModel } from '../peers/onnx/conv-model.ts';
import { peerFile } from '../peers/load-peer.ts';
import { CHANNELS, ones, SIZE, TAPS } from './first-conv.ts';
import { builtFiles } from './sizes.ts';

export interface Contestant {
  readonly name: string;
  readonly isPeer: boolean;
  /** A module in `starts/`, without its extension. */
  readonly start: string;
  readonly argument: string;
  /** What a page loads. */
  readonly files: () => Promise<readonly string[]>;
}

/** A backend by its module: a package's name, or a path. */
export function ourContestant(name: string, options?: unknown): Contestant {
  const specifier = /[./\\]/.test(name) && !name.startsWith('@') ? pathToFileURL(path.resolve(name)).href : packageOf(name);
  return {
    name,
    isPeer: false,
    start: 'backend',
    argument: JSON.stringify({ module: specifier, options }),
    files: () => builtFiles(fileURLToPath(import.meta.resolve(specifier))),
  };
}

/** 'naive' is @laxconv/naive. */
function packageOf(name: string): string {
  return name.startsWith('@') ? name : `@laxconv/${name}`;
}

const inPeers = (folder: string, files: readonly string[]) => (): Promise<string[]> =>
  Promise.resolve(files.map((file) => fileURLToPath(peerFile(`node_modules/${folder}/${file}`))));

/** The libraries that a page can load. */
export function peerContestants(): readonly Contestant[] {
  return [
    {
      name: 'tfjs-wasm',
      isPeer: true,
      start: 'tfjs-wasm',
      argument: '',
      files: inPeers('@tensorflow', [
        'tfjs-core/dist/tf-core.fesm.min.js',
        'tfjs-backend-wasm/dist/tf-backend-wasm.fesm.min.js',
        'tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
      ]),
    },
    {
      name: 'ort-web',
      isPeer: true,
      start: 'ort-web',
      argument: Buffer.from(model()).toString('base64'),
      files: inPeers('onnxruntime-web/dist', ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']),
    },
    {
      name: 'jax-js',
      isPeer: true,
      start: 'jax-js',
      argument: '',
      files: () => builtFiles(fileURLToPath(peerFile('node_modules/@jax-js/jax/dist/index.js'))),
    },
  ];
}

function model(): Uint8Array {
  const shape = [1, CHANNELS, SIZE, SIZE];
  const attributes = { kernel_shape: [TAPS, TAPS], pads: [1, 1, 1, 1] };
  const weightsShape = [CHANNELS, CHANNELS, TAPS, TAPS];
  return encodeConvModel(
    { operator: 'Conv', inputShape: shape, outputShape: shape, weightsShape, group: 1, attributes },
    ones(...weightsShape),
  );
}
