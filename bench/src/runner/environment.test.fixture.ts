/** An environment for results of tests. */
import type { BenchEnvironment } from '../result/result.ts';

export const ENVIRONMENT: BenchEnvironment = {
  platform: 'node 24.0.0',
  os: 'Linux 6',
  arch: 'x64',
  cpu: 'a test',
  cores: 2,
  memoryGiB: 4,
  loadBefore: 0,
  versions: { node: '24.0.0' },
  commit: null,
};
