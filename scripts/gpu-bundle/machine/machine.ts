/** What this machine has: the adapter that the webgpu backend takes, the driver, and a Python with JAX on the GPU. */
import { spawnSync } from 'node:child_process';
import { createBackend, type WebgpuBackendInfo } from '@laxconv/webgpu';

/**
 * What the backend says of the adapter.
 * @throws LaxconvRuntimeError where there is none, or only one that computes on the CPU and `software` is false
 */
export async function readAdapter(software: boolean): Promise<WebgpuBackendInfo> {
  const backend = await createBackend({ software });
  const { info } = backend;
  await backend.dispose();
  return info;
}

/** The adapter in words. */
export function adapterLine({ adapter, vendor, architecture, isFallback, features }: WebgpuBackendInfo): string {
  const name = [adapter, vendor, architecture].filter((part) => part !== '').join(', ');
  return `${name}${isFallback ? ' (computes on the CPU)' : ''}; ${features.join(', ') || 'no optional features'}`;
}

/** NVIDIA's driver and card, as its own tool says; null without it. */
export function readNvidia(): string | null {
  return lineOf('nvidia-smi', ['--query-gpu=name,driver_version,clocks.max.sm', '--format=csv,noheader']).line ?? null;
}

/** A Python that has JAX on a GPU, or why there is none. */
export type JaxFound = { readonly python: string; readonly device: string } | { readonly missing: string };

const ASK_JAX = 'import jax; d = jax.devices()[0]; print(jax.__version__, d.platform, d.device_kind, sep="|")';

/** Looks at LAXCONV_PYTHON, else at python3. */
export function findJax(python = process.env['LAXCONV_PYTHON'] ?? 'python3'): JaxFound {
  const { line, error } = lineOf(python, ['-c', ASK_JAX]);
  if (line === undefined) return { missing: `${python} has no JAX that runs: ${error}` };
  const [version, platform, kind] = line.split('|');
  // 'gpu' is what JAX calls CUDA's and ROCm's devices alike.
  if (platform !== 'gpu') return { missing: `the JAX ${version} of ${python} computes on ${platform}, not on the GPU` };
  return { python, device: `JAX ${version} on ${kind}` };
}

/** The last line that a program prints; where it fails, the last of its complaints. */
function lineOf(command: string, args: readonly string[]): { readonly line?: string; readonly error?: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
  const last = (text: string | null): string => (text ?? '').trim().split('\n').at(-1) ?? '';
  return status === 0 ? { line: last(stdout) } : { error: error?.message ?? last(stderr) };
}
