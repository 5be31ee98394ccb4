/** Where the device comes from: the caller, the caller's GPU, the platform's, or in Node the package `webgpu`. */
import { refuse, wrongOption, type LaxconvError } from '@laxconv/api/backend';
import { CREATE } from '../name.ts';
import { isSoftware } from './adapter-facts.ts';
import { mayHaveCard } from './card.ts';

/** What the caller says about the device. */
export interface DeviceOptions {
  /** Your device, which you destroy. */
  readonly device?: GPUDevice | undefined;
  /** The GPU to ask for an adapter, where it is not `navigator.gpu`. */
  readonly gpu?: GPU | undefined;
  /** Whether an adapter that computes on the CPU will do; true unless it is said. */
  readonly software?: boolean | undefined;
  /** Features that are not asked for, though the adapter has them: of 'shader-f16', 'subgroups' and 'timestamp-query'. */
  readonly withoutFeatures?: readonly string[] | undefined;
}

/** A device, and whether it is ours to destroy. */
export interface AcquiredDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo | undefined;
  readonly isOwned: boolean;
}

/** Features that kernels can use. */
const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];

/** Limits whose default is less than what large problems and wide tiles want. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupsPerDimension',
] as const;

/**
 * The device to compute on.
 * @throws LaxconvValueError (`backend/option`) on an option that is not what it should be
 * @throws LaxconvRuntimeError (`backend/unavailable`) where there is none; it says what is missing
 */
export async function acquireDevice(options: DeviceOptions): Promise<AcquiredDevice> {
  const { device, software = true, withoutFeatures = [] } = options;
  check('device', device, hasMembers(device, 'queue', 'features', 'limits'), 'a GPUDevice');
  check('gpu', options.gpu, hasMembers(options.gpu, 'requestAdapter') && typeof options.gpu?.requestAdapter === 'function', 'a GPU');
  check('software', software, typeof software === 'boolean', 'true or false');
  const isFeature = (name: unknown): boolean => (FEATURES as readonly unknown[]).includes(name);
  check(
    'withoutFeatures',
    withoutFeatures,
    Array.isArray(withoutFeatures) && withoutFeatures.every(isFeature),
    `a list of ${FEATURES.map((name) => `'${name}'`).join(', ')}`,
  );
  const refuseSoftware = (what: string, info: GPUAdapterInfo | undefined): void => {
    if (!software && info !== undefined && isSoftware(info))
      throw unavailable(`${what} computes on the CPU (${info.description || info.vendor}); name the backend to use it all the same`);
  };
  if (device !== undefined) {
    refuseSoftware('the given device', device.adapterInfo);
    return { device, info: device.adapterInfo, isOwned: false };
  }
  if (!software && options.gpu === undefined && !mayHaveCard())
    throw unavailable(
      'no graphics card shows itself to Linux here (/dev/dri, /dev/nvidiactl, /dev/dxg); name the backend to compute on the CPU',
    );
  const adapter = await adapterOf(options.gpu ?? platformGpu());
  const { info } = adapter;
  refuseSoftware('the only adapter', info);
  try {
    const made = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature) && !withoutFeatures.includes(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
    });
    return { device: made, info, isOwned: true };
  } catch (cause) {
    throw unavailable(`the adapter gives no device: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function check(option: string, given: unknown, isRight: boolean, what: string): void {
  if (given !== undefined && !isRight) throw wrongOption(CREATE, option, what, given);
}

function hasMembers(given: unknown, ...members: readonly string[]): boolean {
  return typeof given === 'object' && given !== null && members.every((member) => member in given);
}

async function adapterOf(gpu: GPU): Promise<GPUAdapter> {
  let adapter: GPUAdapter | null | undefined;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (cause) {
    throw unavailable(`the GPU gives no adapter: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  if (adapter !== null && adapter !== undefined) return adapter;
  throw unavailable(
    'WebGPU has no adapter here. In Node it needs a Vulkan, Metal or D3D12 driver (on Linux libvulkan1 and a driver such as mesa-vulkan-drivers); a browser may need a flag',
  );
}

function platformGpu(): GPU {
  const { navigator, process } = globalThis as {
    readonly navigator?: { readonly gpu?: GPU };
    readonly process?: NodeProcess;
  };
  if (navigator?.gpu !== undefined) return navigator.gpu;
  if (process?.getBuiltinModule === undefined)
    throw unavailable('there is no navigator.gpu: this platform has no WebGPU, or the page is not a secure context');
  return nodeGpu(process);
}

interface NodeProcess {
  getBuiltinModule(name: string): unknown;
}

/** Node's, once made: Dawn crashes where its instance is collected before the last of its devices. */
let dawn: GPU | undefined;

/** Dawn for Node, reached in a way that no bundler for browsers takes for an import. */
function nodeGpu({ getBuiltinModule }: NodeProcess): GPU {
  try {
    const { createRequire } = getBuiltinModule('node:module') as { createRequire(from: string): (name: string) => unknown };
    const { create } = createRequire(import.meta.url)('webgpu') as { create(flags: readonly string[]): GPU };
    return (dawn ??= create([]));
  } catch (cause) {
    throw unavailable('Node has no WebGPU of its own; install the package webgpu beside @laxconv/webgpu (npm install webgpu@0.6.2)', cause);
  }
}

function unavailable(message: string, cause?: unknown): LaxconvError {
  return refuse('backend/unavailable', message, { op: CREATE, argument: 'this', cause });
}
