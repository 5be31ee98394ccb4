/**
 * Random problems of every kind, by every algorithm that takes them, on what the adapter is and on what it is not: without subgroups, and
 * as if it were a card. `LAXCONV_RUNS` problems, from `LAXCONV_SEED`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { AdapterFacts, Algorithm } from './algorithm.ts';
import { ALGORITHMS } from './choose.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { TestGpu, withoutSubgroups } from './test-gpu.test.fixture.ts';
import { winograd, winograd2, winograd4 } from './winograd.ts';

const RUNS = Math.min(2000, Number(process.env['LAXCONV_RUNS'] ?? 40));
const SEED = Number(process.env['LAXCONV_SEED'] ?? 1);
/** Products of a problem, at most: the formula is slow. */
const MOST_PRODUCTS = 300_000;

/** Winograd's take more problems here than they do, where the bounds are not proven. */
const TRIED: readonly { readonly algorithm: Algorithm; readonly slack: 0 | 0.02 }[] = [
  ...ALGORITHMS.filter((each) => each !== winograd2 && each !== winograd4).map((algorithm) => ({ algorithm, slack: 0 }) as const),
  { algorithm: winograd(2, { fewestFeatures: 1 }), slack: 0 },
  { algorithm: winograd(4, { fewestFeatures: 1 }), slack: 0.02 },
];

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

const ADAPTERS: readonly { readonly name: string; readonly factsOf: (facts: AdapterFacts) => AdapterFacts }[] = [
  { name: 'as it is', factsOf: (facts) => facts },
  {
    name: 'without subgroups',
    factsOf: withoutSubgroups,
  },
  { name: 'as a card', factsOf: (facts) => ({ ...facts, isSoftware: false }) },
];

/** A generator of whole numbers, from `from` to `to`. */
function generator(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return from + ((state >> 8) % (to - from + 1));
  };
}

type Call = Parameters<typeof problemOf>;

/** A call of lax.convGeneralDilated with anything in it. */
function anyCall(whole: (from: number, to: number) => number): Call {
  const rank = whole(1, 3);
  const each = <T>(make: (d: number) => T): T[] => Array.from({ length: rank }, (_, d) => make(d));
  const isDepthwise = whole(0, 4) === 0;
  const groups = isDepthwise ? whole(1, 9) : whole(0, 2) === 0 ? whole(2, 3) : 1;
  const batchGroups = groups === 1 && whole(0, 4) === 0 ? 2 : 1;
  const features = isDepthwise ? 1 : [1, 2, 3, 4, 5, 8, 12][whole(0, 6)];
  const quads = whole(0, 2) === 0 ? 4 : 1;
  const out = groups * batchGroups * (isDepthwise ? whole(1, 2) : quads * whole(1, Math.floor(18 / quads)));
  const batch = batchGroups * whole(1, 2);
  const isThree = whole(0, 1) === 0;
  const window = each(() => (isThree ? 3 : whole(1, rank === 1 ? 12 : 4)));
  const image = each(() => quads * whole(1, Math.floor([50, 14, 6][rank - 1] / quads)));
  const letters = 'DHW'.slice(3 - rank);
  const isLast = whole(0, 1) === 0;
  const dimensionNumbers = isLast ? [`N${letters}C`, `${letters}IO`, `N${letters}C`] : [`C${letters}N`, `O${letters}I`, `NC${letters}`];
  const lhs = isLast ? [batch, ...image, features * groups] : [features * groups, ...image, batch];
  const rhs = isLast ? [...window, features, out] : [out, ...window, features];
  const few = (): number => [1, 1, 1, 2, 3][whole(0, 4)];
  const strides = each(few);
  const padding = each((d) => [whole(-1, window[d]), whole(-1, window[d] + 2)] as const);
  return [
    lhs,
    rhs,
    strides,
    padding,
    {
      dimensionNumbers,
      lhsDilation: each(few),
      rhsDilation: each(few),
      featureGroupCount: groups,
      batchGroupCount: batchGroups,
    },
  ];
}

/** The problem of `call`; undefined for an empty result, and where the formula would take too long. */
function affordable(call: Call): ReturnType<typeof problemOf> | undefined {
  try {
    const problem = problemOf(...call);
    const outputs = problem.out.shape.reduce((product, size) => product * size, 1);
    const products = (outputs * problem.rhs.shape.reduce((product, size) => product * size, 1)) / problem.out.shape[problem.outSpec[1]];
    return products <= MOST_PRODUCTS ? problem : undefined;
  } catch {
    return undefined;
  }
}

describe.each(ADAPTERS)('an adapter $name', ({ factsOf }) => {
  test(`${RUNS} problems from seed ${SEED}`, { timeout: 300_000 }, async () => {
    const facts = factsOf(gpu.facts);
    const whole = generator(SEED);
    const taken = new Set<string>();
    for (let run = 0; run < RUNS;) {
      const call = anyCall(whole);
      const problem = affordable(call);
      if (problem === undefined) continue;
      run += 1;
      for (const { algorithm, slack } of TRIED) {
        if (typeof algorithm.consider(lower(problem), facts) === 'string') continue;
        await expectRight(gpu, { algorithm, facts, slack }, ...call);
        taken.add(algorithm.name);
      }
    }
    // Each had its turn.
    expect([...taken].toSorted()).toEqual(TRIED.map(({ algorithm }) => algorithm.name).toSorted());
  });
});
