/**
 * The goldens: calls that real JAX ran, with what it did. `openGoldens` needs nothing but a way to read files, so that it works in Node
 * and in browsers. Nothing is handed out that does not match its digest.
 */
import type { Tensor } from '@laxconv/api';
import { z } from 'zod';
import { caseFileSchema, expandCases, type CaseFile } from './cases.ts';
import { operandDigest, sha256 } from './digest.ts';
import { familyCases, notebookCells } from './family.ts';
import type { GoldenCase, NotebookCell } from './golden-case.ts';
import { GoldenError } from './golden-error.ts';
import { manifestSchema, type Manifest, type StoredArray } from './manifest.ts';
import { readNpy, type StoredElements } from './npy.ts';
import { materialise, type Json } from './operand.ts';
import { toTensor } from './stored-array.ts';
import { messageOf } from '../suite/message-of.ts';

/** Reads a file of the goldens by its path in their folder, such as `'cases/padding.json'`. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** All goldens of a folder. */
export interface Goldens {
  readonly cases: readonly GoldenCase[];
  /** The code cells of the notebook "Generalized convolutions in JAX", in order. */
  readonly cells: readonly NotebookCell[];
  /** The versions that made the data. */
  readonly generator: Readonly<Record<string, string>>;
  /** The operands of a case; what is no tensor comes as the JSON value that is to be passed. */
  operands(golden: GoldenCase): Promise<(Tensor | Json)[]>;
  /**
   * JAX's answer: a tensor, several, or JSON, as the kind of the outcome says.
   * @throws TypeError for a refusal.
   */
  expected(golden: GoldenCase): Promise<Tensor | (Tensor | null)[] | Json>;
  /** A stored array, such as `'seed/face'`. */
  array(name: string): Promise<Tensor>;
  /**
   * Reads and checks every data file; otherwise each is checked when it is first needed.
   * @throws GoldenError when one is missing, truncated or changed.
   */
  verify(): Promise<void>;
}

/**
 * Opens goldens.
 * @throws GoldenError when the manifest or a case file is missing, malformed, or does not belong to the other.
 */
export async function openGoldens(read: ReadFile): Promise<Goldens> {
  const manifest = await readJson(read, 'manifest.json', manifestSchema);
  const families = await Promise.all(
    Object.entries(manifest.families).map(async ([family, entry]) => {
      const file = `cases/${family}.json`;
      const bytes = await readFile(read, file);
      if ((await sha256(bytes)) !== entry.cases) {
        throw new GoldenError(file, 'is not the file that the data was made from; `pnpm goldens` makes it anew');
      }
      const caseFile: CaseFile = parseJson(file, bytes, caseFileSchema);
      return { file, caseFile, entry, expanded: expandCases(file, caseFile) };
    }),
  );
  const data = new DataFiles(read, manifest);
  const located = new Map(families.flatMap((family) => familyCases(family).map((entry) => [entry.golden.id, entry] as const)));
  const find = ({ id }: GoldenCase) => {
    const found = located.get(id);
    if (found === undefined) throw new TypeError(`there is no golden ${id}`);
    return found;
  };
  const cases = [...located.values()].map(({ golden }) => golden);

  return {
    cases,
    cells: families.flatMap((family) => notebookCells(family, cases)),
    generator: manifest.generator,
    array: (name) => data.named(name),
    verify: () => data.verify(),
    async operands(golden) {
      const { file, outcome } = find(golden);
      return Promise.all(
        golden.call.operands.map(async (descriptor, index) => {
          const operand = await materialise(file, descriptor, (name) => data.named(name));
          const digest = outcome.operands[index];
          if ('json' in descriptor || digest === null) return operand;
          if ((await operandDigest((operand as Tensor).data)) === digest) return operand;
          throw new GoldenError(file, `operand ${index} of ${golden.id} is not the one that JAX was given`);
        }),
      );
    },
    async expected(golden) {
      const { outcome } = find(golden);
      if ('value' in outcome) return data.tensor(outcome.value);
      if ('values' in outcome) return Promise.all(outcome.values.map(async (stored) => (stored === null ? null : data.tensor(stored))));
      if ('json' in outcome) return outcome.json;
      throw new TypeError(`${golden.id} is a refusal`);
    },
  };
}

/** The .npy files, each read and checked once. */
class DataFiles {
  readonly #read: ReadFile;
  readonly #manifest: Manifest;
  readonly #loaded = new Map<string, Promise<StoredElements>>();

  constructor(read: ReadFile, manifest: Manifest) {
    this.#read = read;
    this.#manifest = manifest;
  }

  async verify(): Promise<void> {
    for (const file of Object.keys(this.#manifest.files)) await this.#elements(file);
  }

  /** `name` is `family/array`. */
  named(name: string): Promise<Tensor> {
    const [family, array] = name.split('/');
    const stored = this.#manifest.families[family]?.arrays[array];
    if (stored === undefined) throw new GoldenError('manifest.json', `has no array ${name}`);
    return this.tensor(stored);
  }

  async tensor(stored: StoredArray): Promise<Tensor> {
    if (stored.file === undefined) return toTensor(stored, new Uint8Array(), undefined);
    return toTensor(stored, await this.#elements(stored.file), this.#manifest.files[stored.file].descr);
  }

  #elements(file: string): Promise<StoredElements> {
    const known = this.#loaded.get(file) ?? this.#load(file);
    this.#loaded.set(file, known);
    return known;
  }

  async #load(file: string): Promise<StoredElements> {
    const entry = this.#manifest.files[file];
    if (entry === undefined) throw new GoldenError('manifest.json', `has no file ${file}`);
    const path = `data/${file}`;
    const bytes = await readFile(this.#read, path);
    const elements = readNpy(path, bytes, entry);
    if ((await sha256(bytes)) !== entry.sha256) throw new GoldenError(path, 'was changed: its SHA-256 is not the one in the manifest');
    return elements;
  }
}

async function readFile(read: ReadFile, file: string): Promise<Uint8Array> {
  try {
    return await read(file);
  } catch (cause) {
    throw new GoldenError(file, `cannot be read: ${messageOf(cause)}`, cause);
  }
}

async function readJson<T>(read: ReadFile, file: string, schema: z.ZodType<T>): Promise<T> {
  return parseJson(file, await readFile(read, file), schema);
}

function parseJson<T>(file: string, bytes: Uint8Array, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new GoldenError(file, `is not JSON: ${messageOf(cause)}`, cause);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new GoldenError(file, `is malformed: ${z.prettifyError(parsed.error)}`, parsed.error);
}
