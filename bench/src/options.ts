/** The arguments of `pnpm bench`. */
import { parseArgs } from 'node:util';
import { PEERS } from './peers/table.ts';
import { DEFAULT_BACKENDS, OUR_BACKENDS } from './runner/our-backends.ts';

export const USAGE = `pnpm bench [options]

  --full              all cases, more and longer rounds (default: the quick ones, under half a minute)
  --only GLOB         the cases that the pattern names, such as 'image/*', or several with commas
  --backends a,b      backends by name (${OUR_BACKENDS.join(', ')}) or by the path of a module that exports createBackend, or gpu:path
                      where that takes { device }, the GPUDevice that peers share; NAME:tuned for one that takes { tune: true },
                      NAME:once for one that takes { expectedRuns: 1 }, such as webgpu:once, NAME-1t for one that takes
                      { threads: 1 }, such as wasm-1t; '' for none
  --peers [a,b]       other libraries beside ours: all on what ours compute on, CPU or GPU, or some, by name or the beginning of one:
                      ort-web is ort-web-1t and ort-web-2t
                      (${PEERS.map(({ name }) => name).join(', ')})
  --output FILE       where the result goes (default: bench/results/local/<time>.json)
  --summary FILE      append a table in Markdown to this file ($GITHUB_STEP_SUMMARY)
  --help              this text

Exit code 0: every result of ours right; 1: one was wrong or failed; 2: could not run; 130: interrupted, what was done is kept.`;

export interface BenchOptions {
  readonly mode: 'quick' | 'full';
  readonly only: string | undefined;
  readonly backends: readonly string[];
  /** null: none. undefined: all. */
  readonly peers: string | undefined | null;
  readonly output: string | undefined;
  readonly summary: string | undefined;
  readonly help: boolean;
}

/** Throws a TypeError whose sentence says which argument is wrong. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: args.map((arg, index) => (arg === '--peers' && isOption(args[index + 1]) ? '--peers=' : arg)),
    options: {
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      backends: { type: 'string', default: DEFAULT_BACKENDS.join(',') },
      peers: { type: 'string' },
      output: { type: 'string' },
      summary: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    mode: values.full ? 'full' : 'quick',
    only: values.only,
    backends: values.backends === '' ? [] : values.backends.split(',').map((name) => name.trim()),
    peers: values.peers === undefined ? null : values.peers === '' ? undefined : values.peers,
    output: values.output,
    summary: values.summary,
    help: values.help,
  };
}

/** True where no value follows. */
function isOption(next: string | undefined): boolean {
  return next === undefined || next.startsWith('-');
}
