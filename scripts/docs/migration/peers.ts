/** The libraries whose calls stand in `docs/migrating.md`, each able to run an example of its own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../setup/paths.mjs';
import type { Example } from '../examples.ts';
import { runOnnxExamples } from './onnx.ts';
import { findJax, runJaxExamples } from './jax.ts';
import { runTfjsExamples } from './tfjs.ts';

export interface Peer {
  /** The rest of the line that opens a block of its examples. */
  readonly language: string;
  readonly isInstalled: boolean;
  /** The results, nested, in the order of the examples. */
  run(examples: readonly Example[]): Promise<readonly unknown[]>;
}

const inPeers = (name: string): boolean => existsSync(join(ROOT, 'bench', 'peers', 'node_modules', name));

export const PEERS: readonly Peer[] = [
  { language: 'python', isInstalled: findJax() !== undefined, run: runJaxExamples },
  { language: 'js tfjs', isInstalled: inPeers('@tensorflow/tfjs-backend-wasm'), run: runTfjsExamples },
  { language: 'js onnx', isInstalled: inPeers('onnxruntime-web'), run: runOnnxExamples },
];
