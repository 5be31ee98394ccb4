/** Merges the results of a run's shards into the result of the whole run. */
import { CannotRun } from '../run/cannot-run.ts';
import { closing } from '../run/judge.ts';
import { isWhole, parseShard } from '../run/select-tests.ts';
import type { RunResult } from './result.ts';

/**
 * The whole run's result from those of its shards, in any order.
 * @throws CannotRun when they are not all shards, each once, of one run: same backend, suite, seed, runs, subset and filter.
 */
export function mergeResults(results: readonly RunResult[]): RunResult {
  const shards = results.map((result) => ({ result, shard: parseShard(result.shard ?? '1/1') }));
  const [first] = results;
  if (first === undefined) throw new CannotRun('merge takes at least one result');
  for (const key of ['suite', 'seed', 'runs', 'filter', 'quick'] as const)
    requireOne(
      key,
      results.map((result) => String(result[key] ?? 'none')),
    );
  requireOne(
    'backend',
    results.map(({ backend }) => JSON.stringify([backend.name, backend.module])),
  );
  requireOne(
    'expectations',
    results.map(({ expectations }) => JSON.stringify(expectations)),
  );
  requireOne(
    'number of shards',
    shards.map(({ shard }) => shard.count),
  );
  const present = shards.map(({ shard }) => shard.index).sort((a, b) => a - b);
  const { count } = shards[0].shard;
  for (let index = 1; index <= count; index++) {
    const times = present.filter((each) => each === index).length;
    if (times !== 1)
      throw new CannotRun(`merge needs every shard once: ${index}/${count} ${times === 0 ? 'is missing' : `is there ${times} times`}`);
  }

  const ordered = shards.toSorted((a, b) => a.shard.index - b.shard.index).map(({ result }) => result);
  const tests = dealtBack(ordered.map((result) => result.tests));
  const notRun = ordered.flatMap((result) => result.notRun);
  const { shard: _, ...facts } = ordered[0];
  return {
    ...facts,
    started: ordered.map((result) => result.started).sort()[0],
    ms: ordered.reduce((total, { ms }) => total + ms, 0),
    tests,
    notRun,
    ...closing(first.expectations, tests, notRun, isWhole(facts)),
  };
}

/** The suite's order: shards deal the tests out in turn. */
function dealtBack<T>(hands: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...hands.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => hands.flatMap((hand) => hand.slice(turn, turn + 1))).flat();
}

function requireOne(what: string, values: readonly (string | number)[]): void {
  const different = [...new Set(values)];
  if (different.length > 1) throw new CannotRun(`merge takes shards of one run, but their ${what} differs: ${different.join(' and ')}`);
}
