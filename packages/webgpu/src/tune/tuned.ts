/** The decision table for one problem that was or is tuned: a single row, the kernel that was found fastest. */
import type { ConvProblem, Lifetime } from '@laxconv/api/backend';
import { lower } from '../lower/lower.ts';
import type { Algorithm, Candidate } from '../plan/algorithm.ts';
import { waysOf } from '../plan/as-stored.ts';
import { ALGORITHMS } from '../plan/choose.ts';
import { gemmIn } from '../plan/gemm.ts';
import { gemmTileVariants } from '../plan/gemm-tile.ts';
import { BLOCKS, linesIn } from '../plan/lines.ts';
import type { MemoryOwner } from '../tensor/gpu-memory.ts';
import { Attempts } from './attempt.ts';
import { tune } from './tune.ts';
import type { Tunings } from './tunings.ts';

/**
 * The row for `problem`: the kernel that `tunings` knows, or, where that may be, the best of what is tried out now; undefined where
 * there is none, and the model decides.
 */
export async function tunedAlgorithms(
  owner: MemoryOwner,
  problem: ConvProblem,
  lifetime: Lifetime,
  tunings: Tunings,
  isTried: boolean,
): Promise<readonly Algorithm[] | undefined> {
  const kernel = tunings.kernelFor(problem);
  if (kernel === undefined && !isTried) return undefined;
  const lowered = lower(problem);
  if (lowered.wild !== undefined) return undefined;
  const { facts } = owner.gpu;
  const tiles = gemmTileVariants(facts).map((tile) => gemmIn(() => [tile]));
  const algorithms = [...ALGORITHMS, ...tiles, ...BLOCKS.map((block) => linesIn([block]))];
  const candidates = algorithms.map((algorithm) => waysOf(algorithm, lowered, facts).filter((offer) => typeof offer !== 'string'));
  const known = candidates.flat().find((candidate) => candidate.kernel === kernel);
  if (known !== undefined) return [rowOf(known, ['found by an earlier tuning'])];
  if (!isTried) return undefined;
  const attempts = new Attempts(owner, problem, lifetime, lowered.geometry.reductionLength);
  const tuned = await tune(candidates.flatMap(cheapestWays), (candidate) => attempts.attempt(candidate));
  if (tuned === undefined) return undefined;
  tunings.keep(problem, tuned.candidate.kernel);
  return [rowOf(tuned.candidate, tuned.reasons)];
}

/** Of the ways to convert around a kernel: were all of them tried, other kernels would not be. */
function cheapestWays(ways: readonly Candidate[]): readonly Candidate[] {
  return ways.toSorted((a, b) => a.cost - b.cost).slice(0, 2);
}

function rowOf(candidate: Candidate, reasons: readonly string[]): Algorithm {
  return { name: 'tuned', consider: () => ({ ...candidate, reason: [candidate.reason, ...reasons].join('; ') }) };
}
