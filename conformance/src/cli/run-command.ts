/** `run`: the suite on a backend that lives in a child process. */
import { defineCommand } from 'citty';
import { supervise } from '../child/supervise.ts';
import { parseExpectations } from '../expectations/expectations.ts';
import { junit } from '../report/junit.ts';
import type { TestResult } from '../report/result.ts';
import { assembleResult } from '../run/assemble-result.ts';
import { CannotRun } from '../run/cannot-run.ts';
import { DEFAULTS } from '../run/defaults.ts';
import { Judge } from '../run/judge.ts';
import { platform } from '../run/platform.ts';
import { parseShard, selectTests } from '../run/select-tests.ts';
import { SUITE_VERSION } from '../run/version.ts';
import { openSuite, trusting } from '../suite/open-suite.ts';
import { checkArguments, checkWritable, json, readText, seconds, wholeNumber, writeText } from './options.ts';
import { Counter, printFailures, printStart, printSummary } from './terminal.ts';

const ARGS = {
  backend: {
    type: 'string',
    valueHint: 'module',
    description: 'package name or path of a module that exports createBackend, from the working directory',
  },
  'backend-options': { type: 'string', valueHint: 'JSON', description: 'the argument of createBackend' },
  goldens: { type: 'string', valueHint: 'DIR', description: 'folder of the goldens; default: those of this package' },
  filter: { type: 'string', valueHint: 'QUERY', description: 'a test id with * at any place' },
  quick: { type: 'boolean', description: 'only the quick subset: one golden of each kind, and all other tests' },
  expectations: { type: 'string', valueHint: 'FILE', description: 'what is known not to be supported, or to fail (JSONC)' },
  seed: { type: 'string', valueHint: 'N', description: `seed of the random tests; default ${DEFAULTS.seed}` },
  runs: { type: 'string', valueHint: 'N', description: `random runs for each property; default ${DEFAULTS.runs}` },
  shard: { type: 'string', valueHint: 'I/N', description: 'the I-th of N parts of the run' },
  timeout: {
    type: 'string',
    valueHint: 'S',
    description: `seconds per test, after which the backend is killed; default ${DEFAULTS.timeout}`,
  },
  json: { type: 'string', valueHint: 'FILE', description: 'write the result here' },
  junit: { type: 'string', valueHint: 'FILE', description: 'write the result as JUnit XML here' },
} as const;

/** `run --backend MODULE` */
export const runCommand = defineCommand({
  meta: { name: 'run', description: 'run the suite on a backend' },
  args: ARGS,
  async run({ args, rawArgs }): Promise<number> {
    checkArguments('run', rawArgs, ARGS, 0);
    const { backend: module, filter, quick } = args;
    if (module === undefined) throw new CannotRun('run needs --backend <module>: a package name or a path that exports createBackend');
    const seed = wholeNumber('seed', args.seed, DEFAULTS.seed, 0);
    const runs = wholeNumber('runs', args.runs, DEFAULTS.runs, 1);
    const timeout = seconds('timeout', args.timeout, DEFAULTS.timeout);
    const options = json('backend-options', args['backend-options']);
    const shard = args.shard === undefined ? undefined : parseShard(args.shard);
    const file = args.expectations;
    const expectations = file === undefined ? [] : parseExpectations(readText('the expectations file', file), file);
    const { goldens } = args;

    for (const output of [args.json, args.junit]) if (output !== undefined) checkWritable(output);
    const { tests: suite, goldens: store } = await openSuite(goldens);
    const judge = new Judge(
      expectations,
      suite.map(({ id }) => id),
    );
    const selected = selectTests(suite, { filter, shard, quick }).map(({ id }) => id);
    // All data files at once, so that a corrupt one stops the run before its first test.
    if (selected.some((id) => id.startsWith('golden:') || id.startsWith('validation:'))) await trusting(() => store.verify());
    const [started, clock] = [new Date(), performance.now()];
    const counter = new Counter(selected.length);
    const failures: TestResult[] = [];
    const { backend, tests, notRun } = await supervise({
      task: { module, ...(options === undefined ? {} : { options }), ...(goldens === undefined ? {} : { goldens }), seed, runs },
      ids: selected,
      seconds: timeout,
      judge,
      onStart: (facts) => printStart(facts, selected.length, { seed, runs, suite: SUITE_VERSION }),
      onResult(result) {
        counter.count(result);
        if (!result.ok) failures.push(result);
      },
    });
    counter.end();
    const ms = performance.now() - clock;
    const result = assembleResult({ backend, platform: platform(), seed, runs, filter, shard, quick, started, ms }, judge, tests, notRun);
    if (args.json !== undefined) writeText(args.json, `${JSON.stringify(result, undefined, 1)}\n`);
    if (args.junit !== undefined) writeText(args.junit, junit(result));
    printFailures(failures, result);
    printSummary(result);
    return result.ok ? 0 : 1;
  },
});
