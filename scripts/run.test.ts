import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { ROOT } from './setup/paths.mjs';

const RUN = join(ROOT, 'scripts', 'run.mjs');

test('an unknown command is a sentence and exit code 2', () => {
  const result = spawnSync(process.execPath, [RUN, 'nonsense'], { encoding: 'utf8' });
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('there is no command "nonsense"; there are start');
  expect(result.stderr).not.toContain('    at ');
});

test('an older Node is a sentence and exit code 2', () => {
  const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } });';
  const result = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, RUN, 'start'], {
    encoding: 'utf8',
  });
  expect(result.status).toBe(2);
  expect(result.stderr).toMatch(/^laxconv needs Node 20 or newer .* this is Node 18\.20\.4/);
  expect(result.stderr).not.toContain('    at ');
});

test('the door itself keeps to syntax that an older Node reads', () => {
  expect(readFileSync(RUN, 'utf8')).not.toMatch(/\?\?|\?\.|^import |\bawait\b/m);
});

test('every npm script that goes through the door names a command of it', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const main = readFileSync(join(ROOT, 'scripts', 'setup', 'main.mjs'), 'utf8');
  for (const [name, script] of Object.entries(scripts).filter(([, text]) => text.includes('run.mjs'))) {
    expect(script).toBe(`node scripts/run.mjs ${name}`);
    expect(main).toContain(`['${name}', [`);
  }
});
