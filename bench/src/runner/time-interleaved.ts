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
  /** The first call, so nothing is warm; on a device the one after it, because the first has compiled what it runs. */
  readonly firstMs: number;
  readonly rounds: number[][];
  batch: number;
}

/** A contender for whom one call takes this many rounds' time gets fewer of them and no warm-up: it shall not keep all others waiting. */
const SLOW_ROUNDS = 4;
const FEWEST_ROUNDS = 3;
/** One whose call takes longer than this is called once more, and no more: that it is far behind is seen. */
const LONGEST_MS = 5000;

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
      if (signal.aborted || failures.has(entry) || round >= roundsOf(entry.firstMs, options)) continue;
      if (settleMs > 0) await pause(settleMs);
      try {
        if (round === 0 && !isSlow(entry.firstMs, options)) entry.batch = await chooseBatch(contender, warmUpMs);
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

/** How many rounds a contender gets whose call takes `callMs`. */
export function roundsOf(callMs: number, { rounds, roundMs }: Pick<TimingOptions, 'rounds' | 'roundMs'>): number {
  if (callMs > LONGEST_MS) return 1;
  return isSlow(callMs, { roundMs }) ? Math.min(rounds, FEWEST_ROUNDS) : rounds;
}

function isSlow(callMs: number, { roundMs }: Pick<TimingOptions, 'roundMs'>): boolean {
  return callMs > SLOW_ROUNDS * roundMs;
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
