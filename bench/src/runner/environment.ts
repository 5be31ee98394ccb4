/** Where a benchmark ran in Node: recorded in every result file. */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import { adapterInUse } from '../gpu/shared-gpu.ts';
import type { BenchEnvironment } from '../result/result.ts';

/** The machine, its runtime and the checkout's commit. */
export async function readEnvironment(): Promise<BenchEnvironment> {
  const cpus = os.cpus();
  const adapter = await adapterInUse();
  return {
    platform: `node ${process.versions.node}`,
    os: `${os.type()} ${os.release()}`,
    arch: os.arch(),
    cpu: cpus[0]?.model.trim() || 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round((os.totalmem() / 2 ** 30) * 10) / 10,
    loadBefore: Math.round(os.loadavg()[0] * 100) / 100,
    versions: { node: process.versions.node, v8: process.versions.v8 },
    ...(adapter === null ? {} : { adapter }),
    commit: await readCommit(),
  };
}

async function readCommit(): Promise<string | null> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', '--short=12', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ]);
    return changes === '' ? commit : `${commit}+`;
  } catch {
    return null;
  }
}
