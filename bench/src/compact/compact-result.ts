/**
 * A result file as the page keeps it: with four significant digits of each measured number, and without what it says again and again. A
 * fifth to a third of the file's size, after gzip. The file itself keeps all.
 */
import type { ResultFile } from '../result/read-result-file.ts';
import { compactBench, expandBench, type CompactBench } from './compact-bench.ts';
import { compactConformance, expandConformance, type CompactConformance } from './compact-conformance.ts';

/** The compact form of a result: plain JSON. */
export type CompactResult = CompactBench | CompactConformance;

/** Compacts a result. `ids` are the tests that the page knows, in an order that `expandResult` is given again. */
export function compactResult({ kind, result }: Pick<ResultFile, 'kind' | 'result'>, ids: readonly string[]): CompactResult {
  return kind === 'bench' ? compactBench(result as never) : compactConformance(result as never, ids);
}

/** The JSON of the result file, to be checked as one from anywhere is. */
export function expandResult(compact: CompactResult, ids: readonly string[]): unknown {
  return compact.compact === 'bench' ? expandBench(compact) : expandConformance(compact, ids);
}
