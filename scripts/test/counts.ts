/**
 * How many tests passed, failed and were skipped, part by part: what `npm test` closes with.
 */
import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Part (a backend's conformance on a platform, or a vitest project) → its counts. */
export type PartCounts = Record<string, Counts>;

/** What the counts reporter wrote; undefined when vitest ended before it could. */
export function readCounts(file: string): PartCounts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PartCounts) : undefined;
}

export function total(counts: PartCounts): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of Object.values(counts)) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The line that tools read: exactly `N passed, N failed, N skipped`. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
