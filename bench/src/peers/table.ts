/** The peers, in the order they are shown. A new one is a file in this folder and its rows here. */
import type { Backend } from '@laxconv/api/backend';

export interface PeerRow {
  /** What it computes on; times are compared on one only. */
  readonly on: 'cpu' | 'gpu';
  /** Of the implementation, with its threads. `--peers` takes it, or what it begins with: `ort-web` means both. */
  readonly name: string;
  /** The library, and how it is run. */
  readonly about: string;
  readonly start: () => Promise<Backend>;
}

const ON_CPU: readonly Omit<PeerRow, 'on'>[] = [
  {
    name: 'tfjs-wasm-1t',
    about: 'TensorFlow.js on WASM, one thread',
    start: async () => (await import('./tfjs-wasm.ts')).createBackend(),
  },
  ...[1, 2].map((threads) => ({
    name: `ort-web-${threads}t`,
    about: `onnxruntime-web on WASM, threads: ${threads}`,
    start: async () => (await import('./ort-web.ts')).createBackend({ threads }),
  })),
  ...[1, 2].map((threads) => ({
    name: `ort-node-${threads}t`,
    about: `onnxruntime-node, the native CPU library, threads: ${threads}`,
    start: async () => (await import('./ort-node.ts')).createBackend({ threads }),
  })),
  {
    name: 'jax-js-1t',
    about: 'jax-js on WASM, one thread',
    start: async () => (await import('./jax-js.ts')).createBackend(),
  },
  {
    name: 'ml-convolution-1t',
    about: 'ml-convolution, JavaScript, 1-D',
    start: async () => (await import('./ml-convolution.ts')).createBackend(),
  },
  {
    name: 'fft-js-1t',
    about: 'one real transform of fft.js, JavaScript, 1-D',
    start: async () => (await import('./fft-js.ts')).createBackend(),
  },
  ...[1, 2].map((threads) => ({
    name: `jax-${threads}t`,
    about: `JAX on the CPU, jax.lax.conv_general_dilated, cores: ${threads}, timed by Python's clock`,
    start: async () => (await import('./jax.ts')).createBackend({ threads }),
  })),
  {
    name: 'jax-fft-1t',
    about: "JAX on the CPU, jax.scipy.signal.fftconvolve, one core, timed by Python's clock",
    start: async () => (await import('./jax-fft.ts')).createBackend(),
  },
  ...(['oaconvolve', 'fftconvolve', 'convolve'] as const).map((name) => ({
    name: `scipy-${name}-1t`,
    about: `scipy.signal.${name}, one core, timed by Python's clock`,
    start: async () => (await import('./scipy.ts')).createBackend({ function: name }),
  })),
  {
    name: 'numpy-convolve-1t',
    about: "numpy.convolve, one core, timed by Python's clock",
    start: async () => (await import('./numpy.ts')).createBackend(),
  },
];

const ON_GPU: readonly Omit<PeerRow, 'on'>[] = [
  {
    name: 'tfjs-webgpu',
    about: 'TensorFlow.js on WebGPU, results left on the GPU',
    start: async () => (await import('./tfjs-webgpu.ts')).createBackend(),
  },
  {
    name: 'ort-webgpu',
    about: 'onnxruntime-web on WebGPU, results left on the GPU',
    start: async () => (await import('./ort-webgpu.ts')).createBackend(),
  },
  {
    name: 'jax-js-webgpu',
    about: 'jax-js on WebGPU, results left on the GPU',
    start: async () => (await import('./jax-js-webgpu.ts')).createBackend(),
  },
  {
    name: 'jax-gpu',
    about: "JAX on the GPU (CUDA or ROCm), in float32, results left there, timed by Python's clock",
    start: async () => (await import('./jax-gpu.ts')).createBackend(),
  },
];

export const PEERS: readonly PeerRow[] = [
  ...ON_CPU.map((row) => ({ ...row, on: 'cpu' as const })),
  ...ON_GPU.map((row) => ({ ...row, on: 'gpu' as const })),
];

/**
 * The rows that a list such as `tfjs-wasm,ort-web-2t` names; without a list all that compute on what our backends do (all without those). Throws an Error that
 * lists the names.
 */
export function choosePeers(list: string | undefined, ours: ReadonlySet<PeerRow['on']>): readonly PeerRow[] {
  if (list === undefined) return ours.size === 0 ? PEERS : PEERS.filter(({ on }) => ours.has(on));
  const chosen = new Set<PeerRow>();
  for (const name of list.split(',').map((part) => part.trim())) {
    const rows = PEERS.filter((row) => row.name === name || row.name.startsWith(`${name}-`));
    if (rows.length === 0) throw new Error(`there is no peer '${name}'; there are ${PEERS.map((row) => row.name).join(', ')}`);
    for (const row of rows) chosen.add(row);
  }
  return PEERS.filter((row) => chosen.has(row));
}
