/**
 * The one GPUDevice of a benchmark: ours and the peers compute on it, so that they stand in one queue on one adapter and are waited for in
 * one way. It has all that the adapter can do. In Node it is Dawn's, of the package `webgpu`.
 */
import { messageOf } from '../format/message-of.ts';
import { adapterName, type AdapterInfo } from './adapter-name.ts';
import { politely } from './politely.ts';

/** What is used of a GPUBuffer. */
export interface GpuBuffer {
  destroy(): void;
}

/** What is used of a GPUDevice. */
export interface GpuDevice {
  readonly features: Iterable<string>;
  readonly limits: object;
  readonly lost: Promise<unknown>;
  readonly queue: {
    onSubmittedWorkDone(): Promise<unknown>;
    writeBuffer(buffer: GpuBuffer, offset: number, data: Float32Array<ArrayBuffer>): void;
  };
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): GpuBuffer;
}

interface GpuAdapter {
  readonly features: Iterable<string>;
  readonly limits: Readonly<Record<string, unknown>>;
  readonly info: AdapterInfo;
  requestDevice(descriptor: {
    readonly requiredFeatures: readonly string[];
    readonly requiredLimits: Readonly<Record<string, unknown>>;
  }): Promise<GpuDevice>;
}

interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** A started device, and whose it is. */
export interface SharedGpu {
  readonly device: GpuDevice;
  /** The adapter in words: results hold on this one only. */
  readonly adapter: string;
  /** Resolves when all that was submitted so far is done. */
  readonly done: () => Promise<void>;
}

/** What convolutions can use. Others are for pictures. */
const FEATURES: ReadonlySet<string> = new Set(['shader-f16', 'subgroups', 'timestamp-query']);
/** Stand among an adapter's limits, and are none that a device can be asked for. */
const NO_LIMITS: ReadonlySet<string> = new Set(['minSubgroupSize', 'maxSubgroupSize']);

let shared: Promise<SharedGpu> | undefined;

/** The device, started when first asked for, and anew after it was lost. Throws an Error whose sentence says what is missing. */
export function sharedGpu(): Promise<SharedGpu> {
  shared ??= start().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** The adapter of the device that was started; null where nothing has asked for one. */
export async function adapterInUse(): Promise<string | null> {
  return shared === undefined ? null : (await shared).adapter;
}

async function start(): Promise<SharedGpu> {
  const adapter = await (await nodeGpu()).requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('WebGPU finds no adapter: on Linux it needs a Vulkan driver, such as mesa-vulkan-drivers 25');
  const device = await adapter.requestDevice({
    requiredFeatures: [...adapter.features].filter((feature) => FEATURES.has(feature)),
    requiredLimits: limitsOf(adapter),
  });
  void device.lost.then(() => (shared = undefined));
  offer(adapter, device);
  const done = async (): Promise<void> => void (await politely(device.queue.onSubmittedWorkDone()));
  return { device, adapter: adapterName(adapter.info), done };
}

/** One for the process, since that is how many Dawn is made for. */
let node: Promise<Gpu> | undefined;

function nodeGpu(): Promise<Gpu> {
  node ??= import('webgpu').then(
    ({ create, globals }) => {
      // Libraries for a browser expect GPUBufferUsage and its like there.
      Object.assign(globalThis, globals);
      return create([]) as unknown as Gpu;
    },
    (cause: unknown) => {
      throw new Error(`WebGPU in Node is the package webgpu, which cannot be loaded: ${messageOf(cause)}`, { cause });
    },
  );
  return node;
}

function limitsOf({ limits }: GpuAdapter): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  // They are getters of the prototype.
  for (const name in limits) if (!NO_LIMITS.has(name)) all[name] = limits[name];
  return all;
}

/** Whoever asks `navigator.gpu` for a device gets this one: not every library can be given one. */
function offer({ info }: GpuAdapter, device: GpuDevice): void {
  const adapter = { info, features: device.features, limits: device.limits, requestDevice: () => Promise.resolve(device) };
  const gpu = { requestAdapter: () => Promise.resolve(adapter) };
  Object.defineProperty(globalThis.navigator, 'gpu', { configurable: true, value: gpu });
}
