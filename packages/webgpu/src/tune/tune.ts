/**
 * Tuning: the candidates that may be the fastest are run, each is verified once against one that is known to be right, and the fastest
 * right one is taken. The cost model says which are worth a try; what it misjudges on an adapter that it has never seen, tuning finds.
 */
import { isLaxconvError } from '@laxconv/api/backend';
import type { Candidate } from '../plan/algorithm.ts';

/** What came of running a candidate. */
export interface Trial {
  readonly microseconds: number;
  /** Its result lies within its error bound of a direct kernel's. */
  readonly isRight: boolean;
}

/** What tuning decided. */
export interface Tuned {
  readonly candidate: Candidate;
  /** A sentence for each candidate that was tried, for `explain`. */
  readonly reasons: readonly string[];
}

/** Candidates that the model thinks slower than this many times the best are not tried, … */
const HOPELESS = 4;
/** … nor more than so many. */
const MOST = 8;

/** The candidates worth a try, the most promising first. A kernel is tried once, whatever algorithm it comes from. */
export function plausible(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates.toSorted((a, b) => a.cost - b.cost);
  const once = sorted.filter(({ kernel }, index) => sorted.findIndex((other) => other.kernel === kernel) === index);
  return once.filter(({ cost }) => cost <= HOPELESS * once[0].cost).slice(0, MOST);
}

/**
 * The fastest right one of `candidates`; undefined where none is, which leaves the choice to the model.
 *
 * @param attempt Runs and verifies a candidate. What it throws counts against the candidate, but where the device or the backend is gone:
 *   then nothing has been found.
 */
export async function tune(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => Promise<Trial>,
): Promise<Tuned | undefined> {
  const reasons: string[] = [];
  let best: { readonly candidate: Candidate; readonly microseconds: number } | undefined;
  // One after the other: candidates that run at once would time each other.
  for (const candidate of plausible(candidates)) {
    const trial = await attempted(candidate, attempt);
    reasons.push(`tuning ${candidate.kernel}: ${sentence(trial)}`);
    if (typeof trial === 'string' || !trial.isRight) continue;
    if (best === undefined || trial.microseconds < best.microseconds) best = { candidate, microseconds: trial.microseconds };
  }
  return best === undefined ? undefined : { candidate: best.candidate, reasons };
}

async function attempted(candidate: Candidate, attempt: (candidate: Candidate) => Promise<Trial>): Promise<Trial | string> {
  try {
    return await attempt(candidate);
  } catch (error) {
    if (isLaxconvError(error) && (error.rule === 'backend/lost' || error.rule === 'instance/disposed')) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

function sentence(trial: Trial | string): string {
  if (typeof trial === 'string') return `failed: ${trial}`;
  return trial.isRight ? `${Math.round(trial.microseconds)} µs` : 'wrong on this adapter';
}
