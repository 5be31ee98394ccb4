/** A family: the cases of its file joined with their outcomes in the manifest. */
import { RULES, type RuleId } from '@laxconv/api';
import type { CaseFile, ExpandedCase } from './cases.ts';
import type { GoldenCase, GoldenOutcome, NotebookCell } from './golden-case.ts';
import { GoldenError } from './golden-error.ts';
import type { Manifest, Outcome } from './manifest.ts';

/** A family's case file and its part of the manifest. */
export interface Family {
  /** The case file's path. */
  readonly file: string;
  readonly caseFile: CaseFile;
  readonly expanded: readonly ExpandedCase[];
  readonly entry: Manifest['families'][string];
}

/** A golden, and where its arrays are. */
export interface LocatedCase {
  readonly file: string;
  readonly golden: GoldenCase;
  readonly outcome: Outcome;
}

/** The goldens of a family, in the order of its file. */
export function familyCases({ file, caseFile, entry, expanded }: Family): LocatedCase[] {
  const extra = Object.keys(entry.outcomes).length - expanded.length;
  if (extra > 0) throw new GoldenError('manifest.json', `has outcomes of ${caseFile.family} that are not in ${file}`);
  return expanded.map(({ key, name, about, params, call, refused, difference, notes }) => {
    const outcome = entry.outcomes[key];
    if (outcome === undefined) throw new GoldenError('manifest.json', `has no outcome of ${caseFile.family}/${key}`);
    if (('refused' in outcome ? outcome.refused : undefined) !== refused) {
      throw new GoldenError('manifest.json', `and ${file} do not agree on what ${key} breaks`);
    }
    const kind = refused === undefined ? 'golden' : 'validation';
    const golden: GoldenCase = {
      id: `${kind}:${caseFile.family}/${key}`,
      family: caseFile.family,
      name,
      about,
      params,
      call,
      outcome: publicOutcome(outcome, difference?.reason),
      notes,
      x64: entry.x64,
    };
    return { file, golden, outcome };
  });
}

function publicOutcome(outcome: Outcome, difference: string | undefined): GoldenOutcome {
  if ('value' in outcome) return { kind: 'value', spec: specOf(outcome.value) };
  if ('values' in outcome) return { kind: 'values', specs: outcome.values.map((stored) => stored && specOf(stored)) };
  if ('json' in outcome) return { kind: 'json', value: outcome.json };
  const { refused, jax } = outcome;
  if (!isRule(refused)) throw new GoldenError('manifest.json', `names the rule ${refused}, which does not exist`);
  return { kind: 'error', jaxError: jax?.error ?? null, jaxMessage: jax?.message ?? null, rule: refused, difference };
}

function specOf({ shape, dtype }: Extract<Outcome, { value: unknown }>['value']): { shape: readonly number[]; dtype: typeof dtype } {
  return { shape, dtype };
}

function isRule(rule: string): rule is RuleId {
  return Object.hasOwn(RULES, rule);
}

/** The notebook's cells in a family that has some. */
export function notebookCells({ caseFile, entry }: Family, goldens: readonly GoldenCase[]): NotebookCell[] {
  return (caseFile.cells ?? []).map(({ cell, name, about, cases, arrays = [] }) => ({
    cell,
    name,
    about,
    printed: entry.printed[name] ?? [],
    cases: goldens.filter((golden) => golden.family === caseFile.family && cases.includes(golden.name)),
    arrays: arrays.map((array) => `${caseFile.family}/${array}`),
  }));
}
