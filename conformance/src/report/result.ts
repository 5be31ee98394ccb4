/** The JSON that a run writes: what `merge`, `report`, the README's tables and the dashboard read. */
import { z } from 'zod';
import { expectationSchema } from '../expectations/expectations.ts';

/** How a test ended. `unsupported`: the backend refused. `timeout` and `crash`: it had to be killed, or it died. */
export const STATUSES = ['pass', 'fail', 'unsupported', 'timeout', 'crash'] as const;
/** How a test ended. */
export const statusSchema = z.enum(STATUSES);

/** One test. */
export const testResultSchema = z.strictObject({
  /** `family:name:param=value,…` */
  id: z.string(),
  status: statusSchema,
  /** What the expectations file foresees, with its reason; absent: a pass. */
  expected: expectationSchema.optional(),
  /** Whether the status is what was expected. */
  ok: z.boolean(),
  ms: z.number().nonnegative(),
  /** Why it did not pass. */
  message: z.string().optional(),
  /** Code that shows the failure on its own. */
  snippet: z.string().optional(),
  /** How to run the same random inputs again. */
  replay: z.strictObject({ seed: z.number(), path: z.string() }).optional(),
  /** The kernels that ran, with the largest |got − reference| / allowed that each showed. */
  kernels: z.array(z.strictObject({ kernel: z.string(), errorOverBound: z.number() })),
});

/** A test that did not run. */
export const notRunSchema = z.strictObject({ id: z.string(), reason: z.string() });

/** The backend that was tested. */
export const backendSchema = z.strictObject({
  name: z.string(),
  /** What the backend says of itself: `backend.info`. */
  info: z.record(z.string(), z.unknown()),
  /** The module it came from, as given on the command line. */
  module: z.string().optional(),
  /** What its createBackend was given. */
  options: z.unknown().optional(),
});

/** Where it ran. */
export const platformSchema = z.strictObject({
  /** 'node 24.1.0', 'chromium 140' */
  runtime: z.string(),
  os: z.string(),
  arch: z.string(),
  cpus: z.number().int().nonnegative(),
});

/** How many tests ended how. */
export const totalsSchema = z.strictObject({
  tests: z.number().int(),
  /** Tests whose status was the expected one. */
  ok: z.number().int(),
  pass: z.number().int(),
  fail: z.number().int(),
  unsupported: z.number().int(),
  timeout: z.number().int(),
  crash: z.number().int(),
  notRun: z.number().int(),
});

/** The whole result. */
export const resultSchema = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  /** Version of @laxconv/conformance. */
  suite: z.string(),
  backend: backendSchema,
  platform: platformSchema,
  seed: z.number().int(),
  runs: z.number().int().positive(),
  /** True where only the quick subset was run. */
  quick: z.literal(true).optional(),
  filter: z.string().optional(),
  /** 'I/N'; of a merged result: absent. */
  shard: z.string().optional(),
  /** ISO 8601 */
  started: z.string(),
  ms: z.number().nonnegative(),
  tests: z.array(testResultSchema),
  /** Selected tests that did not run, and why: never silently dropped. */
  notRun: z.array(notRunSchema),
  /** The expectations of the run, each with the number of the suite's tests that it speaks for. */
  expectations: z.array(z.strictObject({ ...expectationSchema.shape, matches: z.number().int() })),
  /** Expectations that match no test, or that no test bears out: errors. */
  staleExpectations: z.array(z.strictObject({ query: z.string(), reason: z.string() })),
  totals: totalsSchema,
  /** True when every test ended as expected, all ran, and no expectation is stale. */
  ok: z.boolean(),
});

/** How a test ended. */
export type Status = z.infer<typeof statusSchema>;
/** One test's result. */
export type TestResult = z.infer<typeof testResultSchema>;
/** A selected test that did not run, and why. */
export type NotRun = z.infer<typeof notRunSchema>;
/** The JSON of a run. */
export type RunResult = z.infer<typeof resultSchema>;
/** How many tests ended how. */
export type Totals = z.infer<typeof totalsSchema>;
/** An expectation with the number of tests that it speaks for. */
export type ExpectationMatches = RunResult['expectations'][number];
/** The backend that was tested. */
export type BackendFacts = z.infer<typeof backendSchema>;
/** Where it ran. */
export type Platform = z.infer<typeof platformSchema>;
