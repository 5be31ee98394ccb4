/** The dtype tables of the types say what the rules say at run time, for all 15 × 15 pairs: the type checker is asked about each. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLaxconvError } from '../../errors.ts';
import { checkPreferredDType, promote, toInexact } from '../../resolve/dtype-rules.ts';
import { DTYPE_NAMES, type DType } from '../../tensor/dtype.ts';

/** The compiler's program, in JavaScript. */
const TSC = join(createRequire(import.meta.url).resolve('typescript/package.json'), '..', 'bin', 'tsc');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'laxconv-types-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of statements, by their text; nothing where they all hold. */
function complaints(statements: readonly string[]): string[] {
  const file = join(folder, 'claims.ts');
  const tables = fileURLToPath(new URL('dtypes.ts', import.meta.url));
  const head = [
    `import type { Inexact, Preference, Promote, Wider } from ${JSON.stringify(tables)};`,
    // Equal as types: no union, no never, passes for a single name.
    'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;',
    'function claim<_Holds extends true>(): void {}',
  ];
  writeFileSync(file, [...head, ...statements, ''].join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--allowImportingTsExtensions',
    '--target',
    'es2024',
    '--module',
    'nodenext',
    '--pretty',
    'false',
  ];
  const { stdout, error } = spawnSync(process.execPath, [TSC, ...options, file], { cwd: folder, encoding: 'utf8' });
  if (error) throw error;
  return stdout
    .split('\n')
    .filter((line) => line.includes('error'))
    .map((line) => `${statements[Number(/\((\d+),/.exec(line)?.[1]) - 1 - head.length]} ${line}`);
}

function pairs(): [DType, DType][] {
  return DTYPE_NAMES.flatMap((a) => DTYPE_NAMES.map((b): [DType, DType] => [a, b]));
}

function isAllowed(input: DType, preferred: DType): boolean {
  try {
    checkPreferredDType('test', input, preferred);
    return true;
  } catch (error) {
    if (isLaxconvError(error)) return false;
    throw error;
  }
}

test('Promote and Inexact are promote and toInexact', () => {
  const claims = pairs().flatMap(([a, b]) => {
    const promoted = promote(a, b);
    return [`claim<Same<Promote<'${a}', '${b}'>, '${promoted}'>>();`, `claim<Same<Inexact<'${a}', '${b}'>, '${toInexact(promoted)}'>>();`];
  });
  expect(claims).toHaveLength(450);
  expect(complaints(claims)).toEqual([]);
});

test('Wider has the pairs that preferredElementType allows, and no others', () => {
  const claims = pairs().map(([input, preferred]) => {
    return `claim<Same<'${preferred}' extends Wider['${input}'] & Preference<'${input}'> ? true : false, ${isAllowed(input, preferred)}>>();`;
  });
  expect(complaints(claims)).toEqual([]);
});

test('a false claim is found', () => {
  expect(complaints([`claim<Same<Promote<'int8', 'int16'>, 'int16'>>();`, `claim<Same<Promote<'int8', 'int16'>, 'int8'>>();`])).toEqual([
    expect.stringContaining(`'int8'>>();`),
  ]);
});
