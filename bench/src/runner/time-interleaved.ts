/** Rounds over all contenders of a case, so that a busy moment of the machine hits all of them. */
import { messageOf } from '../format/message-of.ts';
import type { ImplementationResult, Measured } from '../result/result.ts';
import type { Contender } from './contender.ts';
import { pause } from './pause.ts';
import { chooseBatch, timeRound } from './timing.ts';

export interface TimingOptions {
  readonly rounds: number;
  /** Time for one contender in one round. */
  readonly roundMs: number;
  readonly warmUpMs: number;
  /** Pause before a contender's turn: thread pools of the one before spin for a while before they sleep. */
  readonly settleMs?: number;
  readonly signal: AbortSignal;
}

/** A contender whose result was found right, and what was measured of it so far. */
export interface Entry {
  readonly contender: Contender;
  readonly errorOverBound: number;
  /** The verified call, by this process's clock: the first, so nothing is warm. */
  readonly firstMs: number;
  readonly rounds: number[][];
  batch: number;
}

/** A contender for whom one call takes this many rounds' time gets fewer of them and no warm-up: it shall not keep all others waiting. */
const SLOW_ROUNDS = 4;
const FEWEST_ROUNDS = 3;

/** What was measured of each entry, or why it stopped. */
export async function timeInterleaved(
  entries: readonly Entry[],
  options: TimingOptions,
  step: (what: string) => void,
): Promise<readonly ImplementationResult[]> {
  const { rounds, warmUpMs, settleMs = 0, signal } = options;
  const failures = new Map<Entry, ImplementationResult>();
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    // Each round begins with another contender: who comes first is not always the same.
    for (let turn = 0; turn < entries.length; turn++) {
      const entry = entries[(turn + round) % entries.length];
      const { contender } = entry;
      if (signal.aborted || failures.has(entry) || round >= roundsOf(entry, options)) continue;
      if (settleMs > 0) await pause(settleMs);
      try {
        if (round === 0 && !isSlow(entry, options)) entry.batch = await chooseBatch(contender.sample, warmUpMs);
        const samples = await timeRound(contender.sample, entry.batch, { minimumMs: options.roundMs, minimumSamples: 1, signal });
        if (samples !== null) entry.rounds.push(samples);
      } catch (error) {
        failures.set(entry, { ...named(contender), status: 'failed', reason: messageOf(error) });
      }
      step(`${contender.implementation}: round ${round + 1} of ${rounds}`);
    }
  }
  return entries.map((entry) => failures.get(entry) ?? outcome(entry));
}

function roundsOf(entry: Entry, options: TimingOptions): number {
  return isSlow(entry, options) ? Math.min(options.rounds, FEWEST_ROUNDS) : options.rounds;
}

function isSlow({ firstMs }: Entry, { roundMs }: TimingOptions): boolean {
  return firstMs > SLOW_ROUNDS * roundMs;
}

function outcome({ contender, errorOverBound, rounds, batch }: Entry): ImplementationResult {
  if (rounds.length === 0) {
    return { ...named(contender), status: 'interrupted', reason: 'the run was interrupted before the first round ended' };
  }
  const { prepareMs, reasons } = contender;
  return { ...named(contender), status: 'measured', reasons: [...reasons], errorOverBound, prepareMs, batch, rounds } satisfies Measured;
}

function named({ implementation, backend, kernel }: Contender): Pick<Contender, 'implementation' | 'backend' | 'kernel'> {
  return { implementation, backend, kernel };
}
