/** The decision table: every algorithm says what it would cost, the cheapest is taken, and the others' reasons are kept. */
import type { LoweredConv } from '../lower/lower.ts';
import type { Isa } from '../module/isa.ts';
import type { Algorithm, Candidate, Shortcut } from './algorithm.ts';
import { clipped } from './clipped.ts';
import { depthwise } from './side-by-side/depthwise.ts';
import { fft } from './fft/fft.ts';
import { igemm } from './igemm/igemm.ts';
import { rows } from './rows/rows.ts';
import { smallGroups } from './side-by-side/small-groups.ts';
import { winograd2, winograd4 } from './winograd/winograd.ts';

/** In no particular order: cost decides. */
export const ALGORITHMS: readonly Algorithm[] = [igemm, clipped, rows, depthwise, smallGroups, winograd2, winograd4, fft];

/** What runs a problem, and why. */
export interface Choice {
  readonly candidate: Candidate;
  /** What is faster than that for some weights. */
  readonly shortcut: Shortcut | undefined;
  readonly reasons: readonly string[];
}

/** The cheapest way to run `lowered`. At least one of `algorithms` takes everything, as clipped does. */
export function choose(lowered: LoweredConv, isa: Isa, algorithms: readonly Algorithm[] = ALGORITHMS): Choice {
  const considered = algorithms.map((algorithm) => ({ name: algorithm.name, offer: offerOf(algorithm, lowered, isa) }));
  const candidates = considered.flatMap(({ offer }) => (typeof offer === 'string' ? [] : [offer]));
  const candidate = candidates.reduce((best, next) => (next.cost < best.cost ? next : best));
  const shortcut = candidates
    .flatMap((each) => each.shortcut ?? [])
    .filter(({ cost }) => cost < candidate.cost)
    .toSorted((a, b) => a.cost - b.cost)
    .at(0);
  const short = shortcut === undefined ? [] : [`about ${microseconds(shortcut.cost)} instead ${shortcut.reason}`];
  const others = considered.flatMap(({ name, offer }) => {
    if (offer === candidate) return [];
    return [typeof offer === 'string' ? `not ${name}: ${offer}` : `not ${name}: about ${microseconds(offer.cost)}, ${offer.reason}`];
  });
  return { candidate, shortcut, reasons: [`about ${microseconds(candidate.cost)}: ${candidate.reason}`, ...short, ...others] };
}

function offerOf(algorithm: Algorithm, lowered: LoweredConv, isa: Isa): Candidate | string {
  const { wild } = lowered;
  return wild === undefined || algorithm.readsInPlace === true ? algorithm.consider(lowered, isa) : wild;
}

function microseconds(cost: number): string {
  return `${cost < 10 ? cost.toFixed(1) : Math.round(cost)} µs`;
}
