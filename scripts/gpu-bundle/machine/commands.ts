/** What is started, under the bundle's Node, in the bundle's folder. */
import { join } from 'node:path';
import type { RunOptions } from './options.ts';

/** Random runs for each property. */
const RUNS = { quick: 5, whole: 100 } as const;

/** Files of the results. */
export const FILES = { machine: 'machine.json', suite: 'conformance-webgpu.json', bench: 'bench-webgpu.json' } as const;

/** The conformance suite on the webgpu backend. */
export function suiteCommand({ quick, software }: RunOptions, results: string): string[] {
  return [
    'node_modules/@laxconv/conformance/bin/conformance.js',
    'run',
    '--backend=@laxconv/webgpu',
    `--backend-options=${JSON.stringify({ software })}`,
    '--goldens=goldens',
    '--expectations=expectations/webgpu.jsonc',
    `--runs=${quick ? RUNS.quick : RUNS.whole}`,
    `--json=${join(results, FILES.suite)}`,
  ];
}

/** On the device that the peers compute on. */
const OURS = 'gpu:node_modules/@laxconv/webgpu/dist/index.js';

/** The benchmark of it beside these peers. */
export function benchCommand({ quick, tune }: RunOptions, results: string, peers: readonly string[]): string[] {
  return [
    'node_modules/@laxconv/bench/dist/cli.js',
    ...(quick ? [] : ['--full']),
    `--backends=${(tune ? [OURS, `${OURS}:tuned`] : [OURS]).join(',')}`,
    `--peers=${peers.join(',')}`,
    `--output=${join(results, FILES.bench)}`,
  ];
}
