import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { ROOT } from './paths.mjs';
import { firstLine, run } from './process.mjs';

const node = process.execPath;

test('exit code and output come back', async () => {
  const result = await run(node, ['-e', 'console.log("out"); console.error("err"); process.exit(3)'], { quiet: true });
  expect(result.code).toBe(3);
  expect(result.output).toContain('out');
  expect(result.output).toContain('err');
});

test('a missing program is 127, a signal 128 + n', async () => {
  expect((await run('/nowhere/program', [], { quiet: true })).code).toBe(127);
  expect((await run(node, ['-e', 'process.kill(process.pid, "SIGTERM")'], { quiet: true })).code).toBe(143);
});

test('a program that takes too long is ended', async () => {
  expect(await run(node, ['-e', 'setInterval(() => {}, 1000)'], { quiet: true, timeoutMs: 300 })).toMatchObject({
    timedOut: true,
    code: 137,
  });
});

test('firstLine is undefined where nothing runs', () => {
  expect(firstLine(node)).toBe(process.version);
  expect(firstLine('/nowhere/program')).toBeUndefined();
  expect(firstLine(node, ['-e', 'process.exit(1)'])).toBeUndefined();
});

test('a signal reaches the grandchild, and the parent ends by it', async () => {
  const module = JSON.stringify(join(ROOT, 'scripts', 'setup', 'process.mjs'));
  const grandchild =
    'process.on("SIGTERM", () => { console.log("told"); process.exit(0); }); console.log("up"); setInterval(() => {}, 1000)';
  const parent = `import { run, exitLike } from ${module}; await run(process.execPath, ['-e', ${JSON.stringify(grandchild)}]); exitLike(143);`;
  const child = spawn(node, ['--input-type=module', '-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += String(text);
    if (output === 'up\n') child.kill('SIGTERM');
  });
  const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)));
  expect({ output, signal }).toEqual({ output: 'up\ntold\n', signal: 'SIGTERM' });
});
