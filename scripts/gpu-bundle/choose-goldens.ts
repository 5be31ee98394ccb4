/**
 * Which families of goldens go into the bundle: few bytes, and still every function in every dtype, and every rule that it refuses by. A
 * family goes whole, because its case file is held to the manifest by its digest.
 */
import type { Manifest } from '../../conformance/src/goldens/manifest.ts';

/** What a family of goldens is to the choice. */
export interface FamilyFacts {
  readonly name: string;
  /** Of its case file and of its data. */
  readonly bytes: number;
  /** What it shows, such as `lax.conv float16`; each must be shown by some family of the bundle. */
  readonly shows: ReadonlySet<string>;
  /** Families whose arrays its operands are. */
  readonly needs: readonly string[];
}

/** A case, as far as it counts here. */
export interface ShownCase {
  readonly fn: string;
  /** Of its operands. */
  readonly dtypes: readonly string[];
  /** The rule that it breaks; undefined where it succeeds. */
  readonly rule: string | undefined;
}

/** What a case shows: its function in each dtype, or its function refusing by a rule. */
export function shownBy({ fn, dtypes, rule }: ShownCase): string[] {
  return rule === undefined ? dtypes.map((dtype) => `${fn} ${dtype}`) : [`${fn} refuses ${rule}`];
}

/** Names of families that together show all that any shows, in their order: those that add most for each byte, without what others make needless. */
export function chooseFamilies(families: readonly FamilyFacts[]): string[] {
  const byName = new Map(families.map((family) => [family.name, family]));
  const missing = new Set(families.flatMap(({ shows }) => [...shows]));
  const chosen: FamilyFacts[] = [];
  while (missing.size > 0) {
    const worth = ({ shows, bytes }: FamilyFacts): number => [...shows].filter((shown) => missing.has(shown)).length / bytes;
    const best = families.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    chosen.push(best);
    for (const shown of best.shows) missing.delete(shown);
  }
  for (const family of chosen.toSorted((a, b) => b.bytes - a.bytes)) {
    const others = chosen.filter((other) => other !== family);
    const shown = new Set(others.flatMap(({ shows }) => [...shows]));
    if ([...family.shows].every((each) => shown.has(each))) chosen.splice(chosen.indexOf(family), 1);
  }
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const needed of byName.get(name)?.needs ?? []) add(needed);
  };
  for (const { name } of chosen) add(name);
  return families.map(({ name }) => name).filter((name) => names.has(name));
}

/** The manifest of these families alone, with the data files that they use. */
export function manifestOf(manifest: Manifest, names: readonly string[]): Manifest {
  const families = Object.fromEntries(names.map((name) => [name, manifest.families[name]]));
  const used = new Set(names.flatMap((name) => filesOf(manifest, name)));
  const files = Object.fromEntries(Object.entries(manifest.files).filter(([file]) => used.has(file)));
  return { ...manifest, files, families };
}

/** The data files of a family's results and arrays. */
export function filesOf({ families }: Manifest, name: string): string[] {
  const { arrays, outcomes } = families[name];
  const results = Object.values(outcomes).flatMap((outcome) =>
    'value' in outcome ? [outcome.value] : 'values' in outcome ? outcome.values.filter((stored) => stored !== null) : [],
  );
  const stored = [...Object.values(arrays), ...results].flatMap(({ file }) => (file === undefined ? [] : [file]));
  return [...new Set(stored)];
}
