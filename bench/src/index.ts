/** The bench as a library: what the report and later the dashboard are built from. */
export { benchResultSchema, parseBenchResult, type BenchResult } from './result/result.ts';
export { estimateMedian, estimateRatio, type Estimate } from './statistics/statistics.ts';
