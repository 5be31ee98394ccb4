/** What the goldens hold, for the documents: families, cases, the rules they break, what JAX said. Read from the case files and the manifest. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDType, type DType } from '@laxconv/api/backend';
import { caseFileSchema, expandCases, type CaseFile, type ExpandedCase } from '../../conformance/src/goldens/cases.ts';
import { manifestSchema, type Manifest } from '../../conformance/src/goldens/manifest.ts';
import { ROOT } from '../setup/paths.mjs';

const GOLDENS = join(ROOT, 'goldens');

/** Where laxconv differs from JAX on purpose. */
export interface Difference {
  /** The class that JAX raises, or 'accepts'. */
  readonly jax: string;
  readonly reason: string;
}

/** A case with values for its parameters. */
export interface IndexedCase {
  readonly family: string;
  readonly name: string;
  readonly fn: string;
  /** Of the first operand; undefined where that is no tensor. */
  readonly dtype: DType | undefined;
  /** The rule that it breaks; undefined where it succeeds. */
  readonly rule: string | undefined;
  readonly difference: Difference | undefined;
  readonly notes: readonly string[];
  /** What JAX raised, as `Class: message`; undefined for a value, or where the manifest does not have the case yet. */
  readonly said: string | undefined;
}

/** Calls that have no recorded outcome, because of a bug of JAX. */
export interface OmittedCase {
  readonly family: string;
  readonly name: string;
  readonly about: string;
  readonly reason: string;
}

export interface GoldenIndex {
  readonly families: readonly { readonly name: string; readonly about: string; readonly x64: boolean }[];
  readonly cases: readonly IndexedCase[];
  readonly omitted: readonly OmittedCase[];
  /** The versions that made the data, such as `jax: '0.10.2'`. */
  readonly generator: Readonly<Record<string, string>>;
}

/** Reads the goldens of the repository. */
export async function readGoldenIndex(): Promise<GoldenIndex> {
  const names = (await readdir(join(GOLDENS, 'cases'))).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(names.map(async (name) => ({ name, caseFile: await readCases(name) })));
  const manifest = manifestSchema.parse(await readJson(join(GOLDENS, 'manifest.json')));
  return {
    families: files.map(({ caseFile: { family, about, x64 = true } }) => ({ name: family, about, x64 })),
    cases: files.flatMap(({ name, caseFile }) => expandCases(`cases/${name}`, caseFile).map((one) => indexed(caseFile, one, manifest))),
    omitted: files.flatMap(({ caseFile: { family, cases } }) =>
      cases.flatMap(({ name, about, omitted }) => (omitted === undefined ? [] : [{ family, name, about, reason: omitted }])),
    ),
    generator: manifest.generator,
  };
}

async function readCases(name: string): Promise<CaseFile> {
  const result = caseFileSchema.safeParse(await readJson(join(GOLDENS, 'cases', name)));
  if (result.success) return result.data;
  throw new Error(`goldens/cases/${name} is not a case file: ${result.error.message}`, { cause: result.error });
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8')) as unknown;
}

function indexed({ family }: CaseFile, { key, name, call, refused, difference, notes }: ExpandedCase, { families }: Manifest): IndexedCase {
  const outcome = families[family]?.outcomes[key];
  const jax = outcome !== undefined && 'jax' in outcome ? outcome.jax : null;
  const first = call.operands.at(0);
  return {
    family,
    name,
    fn: call.fn,
    dtype: first !== undefined && 'dtype' in first && isDType(first.dtype) ? first.dtype : undefined,
    rule: refused,
    difference,
    notes,
    said: jax === null ? undefined : `${jax.error}: ${jax.message}`,
  };
}
