/** Where a benchmark ran, as far as a browser says. */
import { platform } from '@laxconv/conformance';
import type { BenchEnvironment } from '../../../src/result/result.ts';

/** Of this page; `commit` is the one that the page was written from. */
export function browserEnvironment(commit: string | null): BenchEnvironment {
  const { runtime, os, arch, cpus } = platform();
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  const [name, version = ''] = runtime.split(' ');
  return {
    platform: runtime,
    os,
    arch,
    cpu: 'a CPU that browsers do not name',
    cores: Math.max(1, cpus),
    memoryGiB: deviceMemory ?? null,
    loadBefore: null,
    versions: { [name]: version },
    commit,
  };
}
