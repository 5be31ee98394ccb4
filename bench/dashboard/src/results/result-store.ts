/** The results that the page shows: those embedded in it, and files that the reader or the live section adds. */
import type { RunResult } from '@laxconv/conformance';
import type { FileRole, PageFacts } from '../../../src/report/page-data.ts';
import type { SuiteIndex } from '../../../src/report/suite-index.ts';
import type { ResultFile } from '../../../src/result/read-result-file.ts';
import type { BenchResult } from '../../../src/result/result.ts';

/** A result file, and what it is here: `added` is one that came after the page was written. */
export type LoadedFile = ResultFile & { readonly role: FileRole | 'added' };

export interface Results extends PageFacts {
  readonly files: readonly LoadedFile[];
  /** What the tests of the suite are about; empty where nobody embedded it. */
  readonly suite: SuiteIndex;
}

export class ResultStore {
  readonly #listeners = new Set<() => void>();
  #results: Results;

  constructor(results: Results) {
    this.#results = results;
  }

  /** All results; a new object after every change. */
  get results(): Results {
    return this.#results;
  }

  /** Adds result files, after those that are there. */
  add(files: readonly LoadedFile[]): void {
    this.#results = { ...this.#results, files: [...this.#results.files, ...files] };
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after every change; the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The benchmarks, the oldest first. */
export function benchResults(files: readonly LoadedFile[]): BenchResult[] {
  const results = files.flatMap(({ kind, result }) => (kind === 'bench' ? [result] : []));
  return results.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** The conformance runs, ours before the peers'. */
export function conformanceRuns(files: readonly LoadedFile[]): RunResult[] {
  const ours = files.toSorted((a, b) => Number(a.role === 'peer') - Number(b.role === 'peer'));
  return ours.flatMap(({ kind, result }) => (kind === 'conformance' ? [result] : []));
}
