/**
 * The arrows between packages (docs/architecture.md) are held by `.oxlintrc.json`: a wrong import fails the lint, a right one does not.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../setup/paths.mjs';
import { tool } from '../steps.ts';

/** File that imports → what it may not import. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  'packages/api/src/a.ts': ['zod', 'node:fs', '@laxconv/naive', 'laxconv', '../../naive/src/index.ts', '../../../conformance/src/index.ts'],
  'packages/api/src/a.test.ts': ['zod', '@laxconv/naive', '../../naive/src/index.ts'],
  'packages/naive/src/a.ts': ['@laxconv/api', '@laxconv/wasm', '@laxconv/api/other', 'laxconv', 'zod', '../../api/src/index.ts'],
  'packages/naive/src/a.test.ts': ['@laxconv/wasm', '@laxconv/conformance', 'laxconv'],
  'packages/wasm/src/plan/a.ts': ['@laxconv/naive', '@laxconv/webgpu', '../../../naive/src/index.ts'],
  'packages/webgpu/src/a.ts': ['@laxconv/naive', '@laxconv/wasm', '@laxconv/api'],
  'packages/laxconv/src/a.ts': ['@laxconv/conformance', '@laxconv/bench', 'zod', '../../naive/src/index.ts', '../../../scripts/start.ts'],
  'conformance/src/a.ts': ['@laxconv/naive', '@laxconv/bench', 'laxconv', '../../packages/api/src/index.ts', '../../scripts/start.ts'],
  'conformance/suites/a.test.ts': ['../../scripts/start.ts', '../../packages/api/src/index.ts'],
  'bench/src/a.ts': ['../../scripts/start.ts', '../../packages/api/src/index.ts'],
};

const RIGHT: Readonly<Record<string, readonly string[]>> = {
  'packages/api/src/a.ts': ['./b.ts', '../b/c.ts'],
  'packages/api/src/a.test.ts': ['vitest', 'fast-check', 'node:fs', './a.ts'],
  'packages/naive/src/a.ts': ['@laxconv/api/backend', './b.ts'],
  'packages/naive/src/a.test.ts': ['vitest', 'fast-check', '@laxconv/api', '@laxconv/api/backend'],
  'packages/wasm/src/plan/a.ts': ['@laxconv/api/backend', '../pack/b.ts'],
  'packages/laxconv/src/a.ts': ['@laxconv/api', '@laxconv/api/backend', '@laxconv/naive', '@laxconv/wasm', '@laxconv/webgpu'],
  'conformance/src/a.ts': ['@laxconv/api', '@laxconv/api/backend', 'fast-check', 'zod', 'node:fs', '../b.ts', '../goldens/b.ts'],
  'conformance/suites/a.test.ts': ['vitest', '@laxconv/naive', '../src/index.ts'],
  'bench/src/a.ts': ['@laxconv/conformance', 'laxconv', 'tinybench'],
};

let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'laxconv-arrows-'));
  // There are no types to be aware of outside the repository.
  const config = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8').replace('"typeAware": true', '"typeAware": false');
  writeFileSync(join(workspace, '.oxlintrc.json'), config);
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** The imports that the lint refuses, of all that the files make; static and re-exporting ones alike. */
function refused(imports: Readonly<Record<string, readonly string[]>>): Set<string> {
  for (const [file, sources] of Object.entries(imports)) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    const lines = sources.map((source, index) => (index % 2 === 0 ? `export { x as x${index} } from '${source}';` : `import '${source}';`));
    writeFileSync(join(workspace, file), `${lines.join('\n')}\n`);
  }
  const args = ['--format=json', ...Object.keys(imports)];
  const lint = spawnSync(tool('oxlint'), args, { cwd: workspace, encoding: 'utf8', env: process.env });
  const report = JSON.parse(lint.stdout) as { diagnostics: { code: string; message: string; filename: string }[] };
  const found = report.diagnostics.filter(({ code }) => code === 'eslint(no-restricted-imports)');
  return new Set(found.map(({ message, filename }) => `${filename} ← ${/'(.*?)'/.exec(message)?.[1]}`));
}

function pairs(imports: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(imports).flatMap(([file, sources]) => sources.map((source) => `${file} ← ${source}`));
}

test('a wrong import fails the lint', () => {
  expect([...refused(WRONG)].toSorted()).toEqual(pairs(WRONG).toSorted());
});

test('a right import does not', () => {
  expect([...refused(RIGHT)]).toEqual([]);
});
