/** Starts every contestant in a fresh process, again and again in rounds, and gathers the times. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../format/message-of.ts';
import type { ColdResult } from '../result/cold-result.ts';
import { readEnvironment } from '../runner/environment.ts';
import type { ColdReport } from './child.ts';
import type { Contestant } from './contestants.ts';
import { EXTENSION } from './extension.ts';
import { bundleSizes, onTheWire } from './bundle.ts';

export interface ColdOptions {
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  /** Of the bench case that they start with; absent: the small convolution. */
  readonly caseName?: string;
  readonly onStep?: (what: string) => void;
}

/** A child that takes longer is given up. */
const TIMEOUT_MS = 60_000;

export async function runCold({ contestants, rounds, caseName, onStep }: ColdOptions): Promise<ColdResult> {
  const times = new Map<Contestant, number[]>();
  const failures = new Map<Contestant, string>();
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(turn + round) % contestants.length];
      if (failures.has(contestant)) continue;
      try {
        times.set(contestant, [...(times.get(contestant) ?? []), await startOnce(contestant)]);
      } catch (error) {
        failures.set(contestant, messageOf(error));
      }
      onStep?.(`${contestant.name}: start ${round + 1} of ${rounds}`);
    }
  }
  return {
    format: 'laxconv-cold/1',
    startedAt: new Date().toISOString(),
    environment: await readEnvironment(),
    case: caseName ?? null,
    results: await Promise.all(
      contestants.map((contestant) => resultOf(contestant, times.get(contestant) ?? [], failures.get(contestant))),
    ),
  };
}

async function resultOf(
  contestant: Contestant,
  ms: readonly number[],
  failure: string | undefined,
): Promise<ColdResult['results'][number]> {
  const { name, isPeer } = contestant;
  if (failure !== undefined) return { name, isPeer, ms: [], failure, files: [], gzip: 0 };
  const files = await bundleSizes(contestant.program);
  return { name, isPeer, ms: [...ms], failure: null, files: [...files], gzip: onTheWire(files, contestant.program.oneOf) };
}

async function startOnce({ start, argument, rightSum }: Contestant): Promise<number> {
  const file = (name: string): string => new URL(`${name}${EXTENSION}`, import.meta.url).href;
  const child = new URL(`child${EXTENSION}`, import.meta.url).pathname;
  const args = [...process.execArgv, child, file(`starts/${start}`), argument];
  const { stderr } = await promisify(execFile)(process.execPath, args, { timeout: TIMEOUT_MS });
  const report = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as ColdReport;
  if ('failure' in report) throw new Error(report.failure);
  const { ms, sum } = report;
  // Winograd's kernels round; a missing corner of a large layer is some 1e-5.
  if (!(Math.abs(sum - rightSum) <= 1e-6 * rightSum)) throw new Error(`the first convolution is wrong: its sum is ${sum}, not ${rightSum}`);
  return ms;
}
