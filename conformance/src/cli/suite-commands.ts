/** `list` and `explain`: the suite without a backend. */
import { defineCommand } from 'citty';
import { readableJson } from '../report/readable-json.ts';
import { CannotRun } from '../run/cannot-run.ts';
import { parseShard, selectTests } from '../run/select-tests.ts';
import { openSuite } from '../suite/open-suite.ts';
import { checkArguments } from './options.ts';

const GOLDENS = { type: 'string', valueHint: 'DIR', description: 'folder of the goldens; default: those of this package' } as const;

const LIST_ARGS = {
  filter: { type: 'string', valueHint: 'QUERY', description: 'a test id with * at any place' },
  quick: { type: 'boolean', description: 'only the quick subset' },
  shard: { type: 'string', valueHint: 'I/N', description: 'the I-th of N parts of the run' },
  goldens: GOLDENS,
} as const;

/** `list` */
export const listCommand = defineCommand({
  meta: { name: 'list', description: 'print the ids of the tests, one a line' },
  args: LIST_ARGS,
  async run({ args, rawArgs }): Promise<number> {
    checkArguments('list', rawArgs, LIST_ARGS, 0);
    const shard = args.shard === undefined ? undefined : parseShard(args.shard);
    const selected = selectTests((await openSuite(args.goldens)).tests, { filter: args.filter, shard, quick: args.quick });
    console.log(selected.map(({ id }) => id).join('\n'));
    return 0;
  },
});

const EXPLAIN_ARGS = {
  id: { type: 'positional', required: true, valueHint: 'id', description: 'a test id, as list prints it' },
  goldens: GOLDENS,
} as const;

/** `explain ID` */
export const explainCommand = defineCommand({
  meta: { name: 'explain', description: 'print what a test does: the call, its problems, operands and expectation' },
  args: EXPLAIN_ARGS,
  async run({ args, rawArgs }): Promise<number> {
    checkArguments('explain', rawArgs, EXPLAIN_ARGS, 1);
    const { tests } = await openSuite(args.goldens);
    const test = tests.find(({ id }) => id === args.id);
    if (test === undefined)
      throw new CannotRun(
        `there is no test ${args.id}${suggestion(
          args.id,
          tests.map(({ id }) => id),
        )}`,
      );
    console.log(readableJson({ id: test.id, about: test.about, ...(test.explain() as object) }));
    return 0;
  },
});

/** Ids that have the same beginning as far as any does. */
function suggestion(wanted: string, ids: readonly string[]): string {
  for (let length = wanted.length; length > 3; length--) {
    const near = ids.filter((id) => id.startsWith(wanted.slice(0, length)));
    if (near.length > 0) return `; near it: ${near.slice(0, 3).join(' ')}`;
  }
  return '; `list` shows the ids';
}
