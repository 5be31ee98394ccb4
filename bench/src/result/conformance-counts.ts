/** A run of the suite in numbers: what is published of our own backends. The run itself has a megabyte, and anybody can run it again. */
import { FAMILIES, type RunResult } from '@laxconv/conformance';
import { z } from 'zod';

const countsSchema = z.strictObject({
  tests: z.int(),
  passed: z.int(),
  /** The backend said that it does not have this. */
  refused: z.int(),
  /** Everything else that is not as it should be: wrong, crashed, too slow, not run. */
  failed: z.int(),
});

export const conformanceCountsSchema = z.strictObject({
  format: z.literal('laxconv-conformance-counts/1'),
  backend: z.string(),
  /** Where it ran: 'node 24.1.0, linux x64', and on a GPU the adapter. */
  platform: z.string(),
  started: z.string(),
  seed: z.int(),
  /** Random runs for each property. */
  runs: z.int(),
  /** By family of tests, in the suite's order. */
  families: z.record(z.string(), countsSchema),
});

export type Counts = z.infer<typeof countsSchema>;
export type ConformanceCounts = z.infer<typeof conformanceCountsSchema>;

/** Counts a run. Throws an Error for one of a part of the suite: its numbers would say less than they seem to. */
export function countsOf({ backend, platform, started, seed, runs, filter, shard, quick, tests, notRun }: RunResult): ConformanceCounts {
  if (filter !== undefined || shard !== undefined || quick === true)
    throw new Error(`the run of ${backend.name} is of a part of the suite`);
  const { adapter } = backend.info;
  const families = FAMILIES.map((family) => {
    const own = tests.filter(({ id }) => id.startsWith(`${family}:`));
    const [passed, refused] = ['pass', 'unsupported'].map((status) => own.filter((test) => test.status === status).length);
    const all = own.length + notRun.filter(({ id }) => id.startsWith(`${family}:`)).length;
    return [family, { tests: all, passed, refused, failed: all - passed - refused }] as const;
  });
  return {
    format: 'laxconv-conformance-counts/1',
    backend: backend.name,
    platform: [`${platform.runtime}, ${platform.os} ${platform.arch}`, ...(typeof adapter === 'string' ? [adapter] : [])].join(', '),
    started,
    seed,
    runs,
    families: Object.fromEntries(families.filter(([, { tests: count }]) => count > 0)),
  };
}
