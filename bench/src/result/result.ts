/**
 * A result file: everything a page needs to show a benchmark and everything a reader needs to doubt it. Raw samples are kept; medians
 * and intervals are computed where they are shown.
 */
import { z } from 'zod';

export const environmentSchema = z.object({
  platform: z.string().describe("'node' or a browser's name, with its version"),
  os: z.string(),
  arch: z.string(),
  cpu: z.string().describe('model name as the system reports it'),
  cores: z.int().positive(),
  memoryGiB: z.number().nullable().describe('null where the platform does not say, as browsers may'),
  loadBefore: z
    .number()
    .nullable()
    .describe("the system's 1-minute load average before the first case; null in a browser, which does not know"),
  versions: z.record(z.string(), z.string()),
  adapter: z.string().optional().describe('the GPU adapter that backends and peers share, where one was used'),
  commit: z.string().nullable().describe('git commit of the checkout, with + where it has changes; null outside a checkout'),
});

const common = {
  implementation: z.string().describe('what was timed: the backend, or a public call on it'),
  backend: z.string(),
};

const measuredSchema = z.object({
  ...common,
  status: z.literal('measured'),
  kernel: z.string(),
  reasons: z.array(z.string()).default([]).describe("the backend's own reasons for this kernel"),
  /** Largest |got − reference| / allowed of the verified result. */
  errorOverBound: z.number(),
  prepareMs: z.number().nonnegative().describe('prepare and bindRhs, once, cold'),
  batch: z.int().positive().describe('calls per sample; a sample is the time of one call'),
  rounds: z.array(z.array(z.number().nonnegative())).describe('samples in ms, one list per interleaved round'),
});

const notMeasuredSchema = z.object({
  ...common,
  status: z.enum(['wrong', 'unsupported', 'failed', 'interrupted']),
  kernel: z.string().nullable(),
  reason: z.string(),
});

const caseSchema = z.object({
  name: z.string(),
  about: z.string(),
  call: z.unknown().describe('the ConvCall that the problem was resolved from'),
  part: z.enum(['result', 'lhs gradient', 'rhs gradient']).default('result').describe("which of the call's convolutions"),
  weights: z.enum(['uniform', 'gaussian']).default('uniform').describe('what rhs is filled with'),
  problem: z.unknown().describe('the ConvProblem that the backends got'),
  multiplyAdds: z.number().positive().nullable().describe('null where nothing is computed'),
  results: z.array(z.discriminatedUnion('status', [measuredSchema, notMeasuredSchema])),
});

const peerSchema = z.object({
  name: z.string().describe('as in `backend` of the results'),
  about: z.string().describe('the library, its version, and how it is run'),
  notRun: z.string().nullable().describe('why it did not start; null where it did'),
});

export const benchResultSchema = z.object({
  format: z.literal('laxconv-bench/1'),
  startedAt: z.iso.datetime(),
  /** False where the run was interrupted: what is missing was not run. */
  complete: z.boolean(),
  mode: z.enum(['quick', 'full']),
  only: z.string().nullable(),
  environment: environmentSchema,
  /** Other libraries beside ours; what is in no list is ours. */
  peers: z.array(peerSchema).default([]),
  cases: z.array(caseSchema),
});

export type BenchResult = z.infer<typeof benchResultSchema>;
export type BenchEnvironment = z.infer<typeof environmentSchema>;
export type BenchCaseResult = z.infer<typeof caseSchema>;
export type ImplementationResult = BenchCaseResult['results'][number];
export type PeerRecord = z.infer<typeof peerSchema>;
export type Measured = z.infer<typeof measuredSchema>;

/** The result file in `text`. Throws an Error whose sentence names the file and the first thing wrong with it. */
export function parseBenchResult(text: string, name: string): BenchResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
  const parsed = benchResultSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw new Error(`${name} is not a laxconv bench result: ${path.map(String).join('.') || 'the file'}: ${message}`);
}
