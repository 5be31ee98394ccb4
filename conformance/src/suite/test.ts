/**
 * What the suite is made of. A family lists tests; a test has an address and runs against one backend. The runner (in this process,
 * or in a child that can be killed) decides when, and judges the outcome by the expectations.
 */
import type { Backend } from '@laxconv/api/backend';

/** The families, in the order they are reported. */
export const FAMILIES = ['golden', 'validation', 'property', 'differential', 'contract', 'gradient'] as const;
export type FamilyName = (typeof FAMILIES)[number];

/** One test: `family:name:param=value,…` is its address in the CLI, expectations, report and dashboard. */
export interface ConformanceTest {
  readonly id: string;
  readonly family: FamilyName;
  /** One sentence: what holds when it passes. */
  readonly about: string;
  /** What `explain` prints: the call, its problems, operands and expectation. JSON. */
  explain(): unknown;
  /**
   * Resolves when the test passes. Throws an UnsupportedProblemError where the backend refuses (recorded as `unsupported`), and
   * anything else where it fails; a `ConformanceFailure` says how.
   */
  run(context: TestContext): Promise<void>;
}

/** What a running test may use. */
export interface TestContext {
  /** The backend under test, shared by the tests of a run. */
  readonly backend: Backend;
  /** Another, independent backend of the same kind; the test disposes of it. */
  readonly createBackend: () => Promise<Backend>;
  /** Of this run; a property derives its own from it and its id. Printed with every failure. */
  readonly seed: number;
  /** Random runs for each property. */
  readonly runs: number;
  /** Records what was observed, for the report: which kernel ran and how much of its bound it used. */
  readonly observe: (observation: Observation) => void;
}

export interface Observation {
  readonly kernel: string;
  /** Largest |got − reference| / allowed over the result's elements; 1 is the limit. */
  readonly errorOverBound: number;
}

/** How a test failed, in sentences, with what is needed to see it again. */
export class ConformanceFailure extends Error {
  /** Code that shows the failure on its own, where there is some. */
  readonly snippet: string | undefined;
  /** fast-check's seed and path, where the failure is a property's. */
  readonly replay: { readonly seed: number; readonly path: string } | undefined;

  constructor(message: string, details: { snippet?: string; replay?: { seed: number; path: string }; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ConformanceFailure';
    this.snippet = details.snippet;
    this.replay = details.replay;
  }
}
