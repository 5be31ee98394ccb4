/** The command line as it is used: exit codes, sentences, files. Each call is a process. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { conformance } from './cli.ts';
import { resultSchema, type RunResult } from './report/result.ts';

const CLI = fileURLToPath(new URL('cli/main.test.fixture.ts', import.meta.url));
const FAULTY = fileURLToPath(new URL('cli/faulty-backend.test.fixture.ts', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
/** Both cheap, and neither needs a golden. */
const FEW = 'contract:second-run:*int*';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'laxconv-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(args: readonly string[], cwd = PACKAGE): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=@laxconv/source', CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

function run(fault: object, ...args: readonly string[]): ReturnType<typeof cli> {
  return cli(['run', '--backend', FAULTY, '--backend-options', JSON.stringify(fault), ...args]);
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const read = (file: string): RunResult => resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

describe('exit code 0', () => {
  test('a package resolved from the working directory passes; seed, counts and kernels are printed', () => {
    const { code, out } = cli(['run', '--backend', '@laxconv/naive', '--filter', FEW, '--seed', '5']);
    expect(out).toMatch(/seed 5/);
    expect(out).toMatch(/naive: 8 tests: 8 passed, 0 failed, 0 unsupported, 0 timed out, 0 crashed, 0 not run; all as expected/);
    expect(code).toBe(0);
  });

  test('a path resolved from the working directory, with foreseen refusals', () => {
    const file = write('e.jsonc', `[{ "query": "*:dtype=int16", "status": "unsupported", "reason": "no such kernel", }] // known`);
    const options = ['--backend-options', '{"fault":"refuse"}', '--filter', FEW, '--expectations', file];
    const { code, out } = cli(['run', '--backend', './cli/faulty-backend.test.fixture.ts', ...options], join(PACKAGE, 'src'));
    expect(out).toContain('7 passed, 0 failed, 1 unsupported');
    expect(code).toBe(0);
  });

  test('list prints what run runs; explain prints a test', () => {
    const { code, out } = cli(['list', '--filter', FEW]);
    expect([code, out.trim().split('\n').length]).toEqual([0, 8]);
    const explained = cli(['explain', 'contract:second-run:dtype=int8']);
    expect(explained.code).toBe(0);
    expect(JSON.parse(explained.out)).toMatchObject({ id: 'contract:second-run:dtype=int8' });
  });

  test('shards merge into the whole run', () => {
    const shards = [1, 2, 3].map((index) => join(folder, `shard-${index}.json`));
    for (const [index, file] of shards.entries()) {
      expect(run({}, '--filter', FEW, '--shard', `${index + 1}/3`, '--json', file).code).toBe(0);
    }
    const merged = join(folder, 'merged.json');
    expect(cli(['merge', ...shards.toReversed(), '--output', merged]).code).toBe(0);
    expect(read(merged).tests.map(({ id }) => id)).toEqual(cli(['list', '--filter', FEW]).out.trim().split('\n'));
    expect(read(merged).shard).toBeUndefined();
    const page = join(folder, 'merged.html');
    expect(cli(['report', merged, '--output', page]).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('All as expected.');
    expect(cli(['merge', shards[0], shards[2]]).err).toContain('2/3 is missing');
  });

  test('help and version', () => {
    expect(cli(['--version'])).toMatchObject({ code: 0 });
    expect(cli(['run', '--help']).out).toContain('--backend-options');
  });
});

describe('exit code 1', () => {
  test('a wrong result is named, with how to see it again, in JSON and JUnit too', () => {
    const [json, xml] = [join(folder, 'wrong.json'), join(folder, 'deep', 'wrong.xml')];
    const { code, out } = run({ fault: 'wrong' }, '--filter', FEW, '--json', json, '--junit', xml);
    expect(code).toBe(1);
    expect(out).toMatch(/fail contract:second-run:dtype=int16/);
    expect(out).toContain('again: npx @laxconv/conformance run --backend');
    expect(out).toContain(`--backend-options '{"fault":"wrong"}'`);
    expect(read(json).totals).toMatchObject({ tests: 8, fail: 1, pass: 7 });
    expect(readFileSync(xml, 'utf8')).toMatch(/tests="8" failures="1"/);
  });

  test.each(['hang', 'loop'])('a backend that hangs (%s) is killed and named, and the run goes on', (fault) => {
    const { code, out } = run({ fault }, '--filter', FEW, '--timeout', '3');
    expect(code).toBe(1);
    expect(out).toContain('timeout contract:second-run:dtype=int16');
    expect(out).toContain('killed: it did not end within 3 s');
    expect(out).toContain('7 passed, 0 failed, 0 unsupported, 1 timed out');
  });

  test('a backend that dies is named with its last words, and the run goes on', () => {
    const { code, out } = run({ fault: 'exit' }, '--filter', FEW);
    expect(code).toBe(1);
    expect(out).toContain('crash contract:second-run:dtype=int16');
    expect(out).toContain('exit code 7');
    expect(out).toContain('the last words');
    expect(out).toContain('7 passed, 0 failed, 0 unsupported, 0 timed out, 1 crashed');
  });

  test('a refusal that nobody foresaw, and a stale expectation', () => {
    expect(run({ fault: 'refuse' }, '--filter', FEW).code).toBe(1);
    const stale = write('stale.jsonc', '[{ "query": "contract:second-run:dtype=int16", "status": "fail", "reason": "r" }]');
    const { code, out } = run({}, '--filter', FEW, '--expectations', stale);
    expect(code).toBe(1);
    expect(out).toContain('stale expectation contract:second-run:dtype=int16: expects fail, but its test ended with pass');
  });

  test('merge of a run that failed', () => {
    const json = join(folder, 'failed.json');
    run({ fault: 'wrong' }, '--filter', FEW, '--json', json);
    expect(cli(['merge', json, '--output', join(folder, 'm.json')]).code).toBe(1);
  });
});

describe('exit code 2, with a sentence and no stack trace', () => {
  const naive = ['run', '--backend', '@laxconv/naive'];

  test.each<[string, readonly string[], string]>([
    ['package missing', ['run', '--backend', '@laxconv/nothing'], 'the backend module @laxconv/nothing cannot be found'],
    ['path missing', ['run', '--backend', './nothing.js'], 'the backend module ./nothing.js cannot be found'],
    [
      'no createBackend',
      ['run', '--backend', './src/cli/no-backend.test.fixture.ts'],
      'exports no function createBackend (it exports createBakend)',
    ],
    ['goldens missing', [...naive, '--goldens', 'src'], 'there are no goldens'],
  ])('%s', (_, args, sentence) => {
    const { code, out, err } = cli(args);
    expect(err + out).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  // What needs no backend runs in this process: the same function, without a start of Node each.
  test.each<[string, readonly string[], string]>([
    ['no command', [], 'USAGE'],
    ['unknown command', ['rum'], 'there is no command rum'],
    ['unknown option', [...naive, '--filer', 'x'], 'has no option --filer'],
    ['no backend', ['run'], 'run needs --backend'],
    ['no test matched', [...naive, '--filter', 'nothing:*'], 'no test matches --filter nothing:*'],
    ['no test listed', ['list', '--filter', 'nothing:*'], 'no test matches'],
    ['no such test', ['explain', 'contract:second-run:dtype=int7'], 'near it: contract:second-run:dtype=int8'],
    ['bad shard', [...naive, '--shard', '3/2'], '--shard takes I/N'],
    ['bad seed', [...naive, '--seed', 'x'], '--seed takes a whole number'],
    ['bad runs', [...naive, '--runs', '0'], '--runs takes a whole number from 1 up'],
    ['bad timeout', [...naive, '--timeout', '-1'], '--timeout takes a number of seconds'],
    ['no value', [...naive, '--seed'], '--seed takes a value'],
    ['an empty value', ['run', '--backend', ''], '--backend takes a value'],
    ['an option twice', [...naive, '--seed', '1', '--seed=2'], 'run takes --seed once'],
    ['a result that cannot be written', [...naive, '--json', PACKAGE], 'cannot be written'],
    ['bad options', [...naive, '--backend-options', '{'], '--backend-options takes JSON'],
    ['expectations missing', [...naive, '--expectations', 'nothing.jsonc'], 'nothing.jsonc cannot be read'],
    ['nothing to merge', ['merge'], 'merge needs the files'],
    ['nothing to report', ['report', 'nothing.json'], 'nothing.json cannot be read'],
  ])('%s', async (_, args, sentence) => {
    const said: string[] = [];
    const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
    for (const spy of spies) spy.mockImplementation((text: string) => said.push(text));
    const code = await conformance(args).finally(() => spies.forEach((spy) => spy.mockRestore()));
    expect(said.join('\n')).toContain(sentence);
    expect(said.join('\n')).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test.each([
    ['no-start', 'cannot start: no adapter <none>'],
    ['no-backend', 'made no backend'],
    ['exit-at-start', 'ended while starting (exit code 3)'],
    ['odd-info', 'must be plain JSON'],
  ])('the backend cannot start: %s', (fault, sentence) => {
    const { code, err } = run({ fault }, '--filter', FEW);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  });

  test('expectations and results that are not what they should be', () => {
    expect(cli([...naive, '--expectations', write('bad.jsonc', '[{')]).err).toContain('is not JSON');
    expect(cli([...naive, '--expectations', write('form.jsonc', '[{ "query": "*" }]')]).err).toContain('is not a list of');
    expect(cli(['report', write('bad.json', '{')])).toMatchObject({ code: 2 });
    expect(cli(['merge', write('form.json', '{}')])).toMatchObject({ code: 2 });
  });

  test('a corrupt golden stops the run before its first test', () => {
    const goldens = join(folder, 'goldens');
    cpSync(join(PACKAGE, '../goldens'), goldens, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(goldens, 'manifest.json'), 'utf8')) as { files: Record<string, unknown> };
    const file = join(goldens, 'data', Object.keys(manifest.files)[0]);
    expect(existsSync(file)).toBe(true);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(file, bytes);
    const { code, err, out } = cli([...naive, '--filter', 'golden:*', '--goldens', goldens]);
    expect(err).toMatch(/the goldens cannot be trusted: .*SHA-256/);
    expect(out).not.toContain('passed');
    expect(code).toBe(2);
  });
});

describe('processes', () => {
  test('a grandchild that holds the output open is not waited for', () => {
    const started = performance.now();
    expect(run({ fault: 'grandchild' }, '--filter', FEW).code).toBe(0);
    expect(performance.now() - started).toBeLessThan(25_000);
  });

  test('a backend that computes for ever ends with the command line', async () => {
    const file = join(folder, 'beat');
    const options = JSON.stringify({ fault: 'beat', file });
    const args = ['--conditions=@laxconv/source', CLI, 'run', '--backend', FAULTY, '--backend-options', options, '--filter', FEW];
    const parent = spawn(process.execPath, args, { cwd: PACKAGE, stdio: 'ignore' });
    const ended = once(parent, 'exit');
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    parent.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    await setTimeout(200); // a kill takes a moment
    const last = readFileSync(file, 'utf8');
    await setTimeout(500);
    expect(readFileSync(file, 'utf8')).toBe(last);
  });

  test('output that cannot be written is no success', () => {
    const readOnly = openSync(write('output', ''), 'r');
    const { status, stderr } = spawnSync(process.execPath, ['--conditions=@laxconv/source', CLI, 'list'], {
      stdio: ['ignore', readOnly, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(readOnly);
    expect([status, stderr]).toEqual([2, expect.stringContaining('the output cannot be written: EBADF')]);
  });
});
