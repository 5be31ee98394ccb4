/**
 * An empty folder in which a stranger installs the tarballs: the quickstart under a given Node, through the type checker, and bundled
 * by vite in Chromium.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { tool } from '../steps.ts';
import { checkPrinted, withoutSpaces, type Quickstart } from './quickstart.ts';

/** Installs some tarballs; the others stand in for the registry's packages of their name. */
export async function installTarballs(folder: string, names: readonly string[], tarballs: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const overrides = Object.fromEntries(Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]));
  const dependencies = Object.fromEntries(names.map((name) => [name, overrides[name]]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  // A workspace of its own, so that pnpm looks no further up.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ packages: [], overrides, pmOnFail: 'ignore' }));
  const install = await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder, quiet: true });
  if (install.code !== 0)
    throw new SetupError(`the tarballs of ${names.join(', ')} could not be installed in an empty folder: ${install.output}`, 1);
}

/** Runs the quickstart as a program. */
export async function tryInNode(folder: string, node: string, version: string, quickstart: Quickstart): Promise<void> {
  writeFileSync(join(folder, 'quickstart.ts'), quickstart.code);
  const result = await run(node, ['quickstart.ts'], { cwd: folder, quiet: true });
  if (result.code !== 0) throw new SetupError(`the quickstart fails under Node ${version}: ${result.output}`, 1);
  checkPrinted(
    `under Node ${version}`,
    result.output
      .trim()
      .split('\n')
      .filter((line) => !/Warning|--trace-warnings/.test(line)),
    quickstart,
  );
  say(`the quickstart prints what it says under Node ${version}`);
}

/** Type-checks it as TypeScript users do, declaration files included. */
export async function typeCheck(folder: string, quickstart: Quickstart): Promise<void> {
  writeFileSync(join(folder, 'quickstart.ts'), quickstart.code);
  for (const resolution of ['nodenext', 'bundler']) {
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
    const flags = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2023,dom',
      '--types',
      '',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ];
    const result = await run(tool('tsc'), [...flags, 'quickstart.ts'], { cwd: folder, quiet: true });
    if (result.code !== 0)
      throw new SetupError(`the quickstart does not type-check with moduleResolution ${resolution}: ${result.output}`, 1);
  }
  say('the quickstart type-checks with moduleResolution nodenext and bundler');
}

/** Bundles it and runs it in a browser. */
export async function tryInChromium(folder: string, executablePath: string, quickstart: Quickstart): Promise<void> {
  const collect = `const printed = (globalThis.printed = []);\nconsole.log = (x) => void printed.push(typeof x === 'string' ? x : JSON.stringify(x));\n`;
  writeFileSync(join(folder, 'collect.js'), collect);
  writeFileSync(join(folder, 'main.ts'), `import './collect.js';\n${quickstart.code}\nglobalThis.finished = true;\n`);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>quickstart</title><script type="module" src="/main.ts"></script>');
  await build({ root: folder, configFile: false, logLevel: 'warn', build: { target: 'es2022' } });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, 'dist', path === '/' ? 'index.html' : path);
    readFile(file).then(
      (content) => response.writeHead(200, { 'Content-Type': extname(file) === '.html' ? 'text/html' : 'text/javascript' }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const address = server.address();
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    const printed = await page
      .waitForFunction('globalThis.finished === true && globalThis.printed', undefined, { timeout: 30_000 })
      .then((handle) => handle.jsonValue() as Promise<string[]>)
      .catch((error: unknown) => {
        throw new SetupError(`the quickstart, bundled by vite, did not finish in Chromium: ${errors.join('; ') || String(error)}`, 1);
      });
    checkPrinted('in Chromium', printed.map(withoutSpaces), quickstart);
    say(`the quickstart, bundled by vite, prints what it says in Chromium ${browser.version()}`);
  } finally {
    await browser.close();
    server.close();
  }
}
