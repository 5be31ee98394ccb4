/** Every deliberately broken backend is caught, by each family that has to catch it alone. A test's name says which. */
import { describe, expect, test } from 'vitest';
import { BROKEN_BACKENDS } from './broken/broken-backends.ts';
import { firstCatch } from './catch.ts';
import { testsOf } from './families.ts';

const SEED = 20_240_229;

describe('the table of broken backends', () => {
  test('holds at least 25 mistakes of either kind, each with a name of its own', () => {
    expect(new Set(BROKEN_BACKENDS.map(({ name }) => name)).size).toBe(BROKEN_BACKENDS.length);
    for (const kind of ['values', 'rule'] as const) {
      expect(BROKEN_BACKENDS.filter((broken) => broken.kind === kind).length).toBeGreaterThanOrEqual(25);
    }
  });

  test('asks a golden alone and the random families alone for every wrong number', () => {
    for (const { kind, caughtBy } of BROKEN_BACKENDS) {
      if (kind !== 'values') continue;
      expect(caughtBy).toContain('golden');
      expect(caughtBy).toContain('property');
    }
  });
});

/** The goldens that noticed something. */
const noticing = new Set<string>();

describe('a broken backend is caught', () => {
  test.each(BROKEN_BACKENDS.map((broken) => [broken.name, broken.caughtBy.join(', '), broken] as const))(
    '%s: by %s',
    async (_, __, { caughtBy, create, dtypes, patience }) => {
      for (const family of caughtBy) {
        const caught = await firstCatch(await testsOf(family, dtypes), create, SEED, undefined, patience);
        expect(caught, `the ${family} family does not notice`).toBeDefined();
        expect(caught?.id.startsWith(`${family}:`)).toBe(true);
        expect(caught?.message).not.toBe('');
        if (family === 'golden' && caught !== undefined) noticing.add(caught.id);
      }
    },
  );

  test('by many goldens, not by one that notices everything', () => {
    expect(noticing.size).toBeGreaterThanOrEqual(15);
  });
});
