/** Which of the suite's tests a run has: all or the quick subset, of these those that a query selects, of which a shard is every N-th. */
import { matcher } from '../query/query.ts';
import type { ConformanceTest } from '../suite/test.ts';
import { quickSubset } from '../suite/quick-subset.ts';
import { CannotRun } from './cannot-run.ts';

/** One of `count` parts of a run; `index` is 1 … count. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What of the suite is to be run; by default everything. */
export interface Selection {
  /** A test id with `*` at any place. */
  readonly filter?: string | undefined;
  readonly shard?: Shard | undefined;
  /** Only the quick subset. */
  readonly quick?: boolean | undefined;
}

/** Whether a selection leaves nothing out, so that expectations which nothing matches are errors. */
export function isWhole({ filter, shard, quick = false }: { readonly [name in keyof Selection]: unknown }): boolean {
  return filter === undefined && shard === undefined && quick !== true;
}

/** Reads `I/N`. @throws CannotRun */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || index < 1 || index > count)
    throw new CannotRun(`--shard takes I/N with I from 1 to N, such as 2/4, got ${text}`);
  return { index, count };
}

/**
 * The selected tests, in the suite's order. The split depends on the list alone: the same on every machine, and every test is in
 * exactly one shard. Neighbours, which cost alike, are dealt out in turn.
 * @throws CannotRun when nothing is left: a run of nothing is never green.
 */
export function selectTests<T extends Pick<ConformanceTest, 'id' | 'family' | 'explain'>>(
  tests: readonly T[],
  { filter, shard, quick = false }: Selection,
): T[] {
  const selects = filter === undefined ? () => true : matcher(filter);
  const chosen = (quick ? quickSubset(tests) : tests).filter(({ id }) => selects(id));
  if (chosen.length === 0)
    throw new CannotRun(
      `no test matches --filter ${filter ?? '*'} (${quick ? 'the quick subset of ' : ''}${tests.length} tests; \`list\` shows their ids)`,
    );
  if (shard === undefined) return chosen;
  const dealt = chosen.filter((_, position) => position % shard.count === shard.index - 1);
  if (dealt.length === 0) throw new CannotRun(`shard ${shard.index}/${shard.count} has no test: only ${chosen.length} are selected`);
  return dealt;
}
