import { RULES } from '@laxconv/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { GoldenError } from './golden-error.ts';
import { openGoldens, type Goldens, type ReadFile } from './goldens.ts';
import { readFromFolder } from './node-reader.ts';

const read = readFromFolder();

describe('the committed goldens', () => {
  let goldens: Goldens;
  beforeAll(async () => {
    goldens = await openGoldens(read);
  });

  it('have addresses of their own', () => {
    const ids = goldens.cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(
        /^(golden|validation):[a-z0-9-]+\/[A-Za-z0-9.+-]+(:[A-Za-z0-9._+-]+=[A-Za-z0-9._+-]+(,[A-Za-z0-9._+-]+=[A-Za-z0-9._+-]+)*)?$/,
      );
  });

  it('have the files that the manifest says', async () => {
    await expect(goldens.verify()).resolves.toBeUndefined();
  });

  it('have operands that this side makes equal to the ones JAX was given', async () => {
    for (const golden of goldens.cases) expect(await goldens.operands(golden)).toHaveLength(golden.call.operands.length);
  });

  it('have answers of the stated form', async () => {
    const values = goldens.cases.flatMap((golden) => (golden.outcome.kind === 'value' ? [{ golden, spec: golden.outcome.spec }] : []));
    expect(values.length).toBeGreaterThan(0);
    for (const { golden, spec } of values) expect(await goldens.expected(golden)).toMatchObject(spec);
    const json = goldens.cases.flatMap((golden) => (golden.outcome.kind === 'json' ? [{ golden, value: golden.outcome.value }] : []));
    expect(json.length).toBeGreaterThan(0);
    for (const { golden, value } of json) expect(await goldens.expected(golden)).toEqual(value);
  });

  it('raise what the rule says, but for differences with a reason', () => {
    const refusals = goldens.cases.flatMap(({ id, outcome }) => (outcome.kind === 'error' ? [{ id, outcome }] : []));
    const asRuled = refusals.filter(({ outcome }) => outcome.difference === undefined);
    expect(asRuled.filter(({ outcome }) => outcome.jaxError !== RULES[outcome.rule].jaxError)).toEqual([]);
    expect(refusals.filter(({ outcome }) => outcome.difference?.trim() === '')).toEqual([]);
  });

  it('have the 15 cells of the notebook, with what each prints', () => {
    expect(goldens.cells.map(({ cell }) => cell)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    expect(goldens.cells[4].printed).toEqual(['out shape:  (1, 3, 200, 198)', 'First output channel:']);
    expect(goldens.cells.filter(({ cases }) => cases.length > 0)).toHaveLength(13);
  });

  it('have the photograph', async () => {
    const face = await goldens.array('seed/face');
    expect([face.dtype, face.shape]).toEqual(['uint8', [768, 1024, 3]]);
    expect([...face.data.subarray(0, 3)]).toEqual([121, 112, 131]);
  });
});

describe('goldens that were changed', () => {
  const file = 'data/padding.f4.npy';

  function changed(path: string, change: (bytes: Uint8Array) => Uint8Array): ReadFile {
    return async (asked) => (asked === path ? change((await read(asked)).slice()) : read(asked));
  }

  function flipBit(at: number): (bytes: Uint8Array) => Uint8Array {
    return (bytes) => {
      bytes[bytes.length + at] ^= 1;
      return bytes;
    };
  }

  it.each([
    ['a bit', flipBit(-9)],
    ['a byte cut off', (bytes: Uint8Array) => bytes.subarray(0, -1)],
    ['an element cut off', (bytes: Uint8Array) => bytes.subarray(0, -4)],
    ['nothing left', () => new Uint8Array()],
  ])('are refused: %s', async (_, change) => {
    const goldens = await openGoldens(changed(file, change));
    await expect(goldens.verify()).rejects.toThrow(GoldenError);
    await expect(goldens.verify()).rejects.toThrow(file);
    const golden = goldens.cases.find(({ id }) => id.startsWith('golden:padding/') && id.endsWith('dtype=float32'));
    await expect(goldens.expected(golden!)).rejects.toThrow(GoldenError);
  });

  it.each([
    ['cases/padding.json', flipBit(-2), /pnpm goldens/],
    ['manifest.json', (bytes: Uint8Array) => bytes.subarray(0, -40), /is not JSON/],
    ['manifest.json', () => new TextEncoder().encode('{"format": 2}'), /is malformed/],
  ])('are refused when opened: %s', async (path, change, message) => {
    await expect(openGoldens(changed(path, change))).rejects.toThrow(GoldenError);
    await expect(openGoldens(changed(path, change))).rejects.toThrow(message);
  });

  it('are refused when a file is missing', async () => {
    const missing: ReadFile = (path) => (path.endsWith('.npy') ? Promise.reject(new Error('no such file')) : read(path));
    await expect((await openGoldens(missing)).verify()).rejects.toThrow(/goldens\/data\/.*cannot be read: no such file/);
    await expect(openGoldens(readFromFolder('/nowhere'))).rejects.toThrow(/goldens\/manifest\.json: cannot be read/);
  });

  it('are refused when the manifest names another digest for an operand', async () => {
    const other = changed('manifest.json', (bytes) => {
      const text = new TextDecoder().decode(bytes);
      return new TextEncoder().encode(text.replace(/"operands": \["[0-9a-f]{12}"/, '"operands": ["000000000000"'));
    });
    const goldens = await openGoldens(other);
    const checks = goldens.cases.map((golden) => goldens.operands(golden));
    await expect(Promise.all(checks)).rejects.toThrow(/is not the one that JAX was given/);
  });
});
