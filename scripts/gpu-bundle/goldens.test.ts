import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openGoldens } from '@laxconv/conformance';
import { chooseFamilies, filesOf, manifestOf, shownBy, type FamilyFacts } from './choose-goldens.ts';
import { copyGoldens, readFamilies, readManifest } from './goldens.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const family = (name: string, bytes: number, shows: string, needs: string[] = []): FamilyFacts => ({
  name,
  bytes,
  shows: new Set(shows.split('')),
  needs,
});

describe('chooseFamilies', () => {
  it('takes little of what shows the same', () => {
    expect(chooseFamilies([family('large', 100, 'abc'), family('small', 10, 'abc')])).toEqual(['small']);
  });

  it('leaves out what others make needless in the end', () => {
    // `first` is the best for its bytes, and shows nothing that the two others do not.
    expect(chooseFamilies([family('first', 1, 'ab'), family('left', 10, 'acx'), family('right', 10, 'bdy')])).toEqual(['left', 'right']);
  });

  it('takes families whose arrays are needed', () => {
    expect(chooseFamilies([family('seed', 50, ''), family('user', 10, 'a', ['seed'])])).toEqual(['seed', 'user']);
  });
});

it('counts a value for the dtypes of its operands, and a refusal for its rule', () => {
  expect(shownBy({ fn: 'lax.conv', dtypes: ['int8', 'float32'], rule: undefined })).toEqual(['lax.conv int8', 'lax.conv float32']);
  expect(shownBy({ fn: 'lax.conv', dtypes: ['int8'], rule: 'shape/rank' })).toEqual(['lax.conv refuses shape/rank']);
});

describe('the goldens of this repository', () => {
  it('are a smaller part that shows every function in every dtype, and every rule that it refuses by', () => {
    const all = readFamilies(readManifest());
    const chosen = new Set(chooseFamilies(all));
    const shown = (families: readonly FamilyFacts[]): string[] => [...new Set(families.flatMap(({ shows }) => [...shows]))].toSorted();
    const bytes = (families: readonly FamilyFacts[]): number => families.reduce((sum, one) => sum + one.bytes, 0);
    const part = all.filter(({ name }) => chosen.has(name));
    expect(shown(part)).toEqual(shown(all));
    expect(bytes(part)).toBeLessThan(bytes(all) / 2);
  });

  it('open as a whole when they are copied, every file at its digest and every operand at hand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'laxconv-goldens-'));
    folders.push(folder);
    const names = copyGoldens(folder);
    const goldens = await openGoldens((path) => readFile(join(folder, path)));
    await goldens.verify();
    expect(new Set(goldens.cases.map((golden) => golden.family))).toEqual(new Set(names));
    for (const golden of goldens.cases) expect(await goldens.operands(golden)).toHaveLength(golden.call.operands.length);
  });

  it('have a manifest without the files of others', () => {
    const whole = readManifest();
    const name = Object.keys(whole.families).find((each) => filesOf(whole, each).length > 1) ?? '';
    const part = manifestOf(whole, [name]);
    expect(Object.keys(part.families)).toEqual([name]);
    expect(Object.keys(part.files).toSorted()).toEqual(filesOf(whole, name).toSorted());
  });
});
