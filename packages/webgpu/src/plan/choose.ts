/** The decision table: every algorithm says what it would cost, the cheapest is taken, and the others' reasons are kept. */
import type { LoweredConv } from '../lower/lower.ts';
import type { AdapterFacts, Algorithm, Candidate } from './algorithm.ts';
import { asStored } from './as-stored.ts';
import { cheapest } from './cheapest.ts';
import { direct } from './direct.ts';
import { directQuads } from './direct-quads.ts';
import { gemm } from './gemm.ts';
import { lines } from './lines.ts';
import { planes } from './planes.ts';
import { strips } from './strips.ts';
import { winograd2, winograd4 } from './winograd.ts';

/** The algorithms, for tensors of what their kernels compute in. */
export const ALGORITHMS: readonly Algorithm[] = [direct, directQuads, gemm, winograd2, winograd4, lines, strips, planes];

/** The decision table, for tensors of every dtype. In no particular order: cost decides. */
export const TABLE: readonly Algorithm[] = ALGORITHMS.map(asStored);

/** What runs a problem, and why. */
export interface Choice {
  readonly candidate: Candidate;
  readonly reasons: readonly string[];
}

/** The cheapest way to run `lowered`. At least one row of `table` takes everything, as direct does. */
export function choose(lowered: LoweredConv, adapter: AdapterFacts, table: readonly Algorithm[] = TABLE): Choice {
  const considered = table.map((algorithm) => ({ name: algorithm.name, offer: offerOf(algorithm, lowered, adapter) }));
  const candidates = considered.flatMap(({ offer }) => (typeof offer === 'string' ? [] : [offer]));
  const candidate = cheapest(candidates);
  const others = considered.flatMap(({ name, offer }) => {
    if (offer === candidate) return [];
    return [typeof offer === 'string' ? `not ${name}: ${offer}` : `not ${name}: ${price(offer)}, ${offer.reason}`];
  });
  return { candidate, reasons: [`${price(candidate)}: ${candidate.reason}`, ...others] };
}

/** What decides, in words. */
function price({ cost, compiling }: Candidate): string {
  return `about ${Math.round(cost)} µs and ${Math.round(compiling)} for compiling`;
}

function offerOf(algorithm: Algorithm, lowered: LoweredConv, adapter: AdapterFacts): Candidate | string {
  const { wild } = lowered;
  return wild === undefined || algorithm.readsInPlace === true ? algorithm.consider(lowered, adapter) : wild;
}
