/** The webgpu backend: every problem whose dtypes WGSL has, on a GPU. Start reading at `plan/choose.ts`. */
import {
  checkOptions,
  freezeProblem,
  Lifetime,
  type AnyTensor,
  type Backend,
  type BackendInfo,
  type ConvProblem,
  type DeviceTensor,
  type DType,
  type View,
  wrongOption,
} from '@laxconv/api/backend';
import { acquireDevice, type DeviceOptions } from './device/acquire.ts';
import { factsOf } from './device/adapter-facts.ts';
import { Gpu } from './device/gpu.ts';
import type { LostReason } from './device/loss.ts';
import { CREATE, NAME } from './name.ts';
import type { Algorithm } from './plan/algorithm.ts';
import type { MemoryOwner } from './tensor/gpu-memory.ts';
import { bufferOf, tensorOn } from './tensor/interop.ts';
import { rearrangeOnDevice } from './tensor/rearrange.ts';
import { sendToDevice } from './tensor/send.ts';
import { Tuner } from './tune/tuner.ts';
import { Tunings, type TuningFile } from './tune/tunings.ts';
import { WebgpuPlan } from './webgpu-plan.ts';

const PREPARE = 'backend webgpu: prepare';

/** How the webgpu backend is started. */
export interface WebgpuBackendOptions extends DeviceOptions {
  /** Whether `prepare` tries out the kernels that may be fastest, and takes the one that is; false unless it is said. */
  readonly tune?: boolean | undefined;
  /** What an earlier backend's `tunings` gave: problems in it are not tried again, and have their kernel from there without `tune`, too. */
  readonly tunings?: TuningFile | undefined;
  /**
   * How often a convolution will run, about: 1 or more, 600 unless it is said. A kernel is chosen by what a run takes and its share of
   * compiling the shaders, which may be half a second on a driver that computes on the CPU. With 1, the first result is there soonest; with
   * `Infinity`, what compiling takes does not matter. `tune` times runs alone.
   */
  readonly expectedRuns?: number | undefined;
}

/** What the webgpu backend says of itself. */
export interface WebgpuBackendInfo extends BackendInfo {
  /** The adapter's own description, as far as the platform tells. */
  readonly adapter: string;
  readonly vendor: string;
  readonly architecture: string;
  /** It computes on the CPU. */
  readonly isFallback: boolean;
  /** The features that the device has. */
  readonly features: readonly string[];
  /** Why the device is gone; absent while it is there. */
  readonly lost?: LostReason;
}

/** The webgpu backend: beside what every backend does, it takes and gives GPUBuffers. */
export interface WebgpuBackend extends Backend {
  readonly info: WebgpuBackendInfo;
  toDevice<D extends DType>(tensor: AnyTensor<D>): Promise<DeviceTensor<D>>;
  rearrange(tensor: DeviceTensor, view: View): Promise<DeviceTensor>;
  /**
   * A tensor whose memory is your buffer, of this backend's device: elements in a row as in host memory, in whole words. The buffer stays
   * yours: `disposeTensor` does not destroy it. Its usage must have STORAGE and COPY_SRC.
   * @throws LaxconvValueError (`tensor/buffer`) on a buffer that is too small or for other uses
   */
  fromGPUBuffer<D extends DType>(buffer: GPUBuffer, shape: readonly number[], dtype: D): DeviceTensor<D>;
  /**
   * The buffer of a tensor of this backend, for passes of your own on the same device. It may be longer than the tensor, and is the
   * tensor's until `disposeTensor`, after which the backend uses it for others.
   * @throws LaxconvValueError (`tensor/foreign`) on a tensor of another backend
   */
  gpuBufferOf(tensor: DeviceTensor): GPUBuffer;
  /** The device, for passes of your own; destroyed by `dispose` unless you gave it. */
  readonly device: GPUDevice;
  /** What tuning has found so far, as plain JSON for the next backend. */
  readonly tunings: TuningFile;
}

/**
 * Starts the webgpu backend.
 *
 * @throws LaxconvTypeError (`call/unknown-option`) on an option that it does not know
 * @throws LaxconvValueError (`backend/option`) on an option whose value it does not take
 * @throws LaxconvRuntimeError (`backend/unavailable`) where there is no WebGPU, no adapter or no device; it says what is missing
 */
export async function createBackend(options: WebgpuBackendOptions = {}): Promise<WebgpuBackend> {
  checkOptions(CREATE, options, ['device', 'gpu', 'software', 'withoutFeatures', 'tune', 'tunings', 'expectedRuns']);
  const { tune = false, tunings, expectedRuns, ...device } = options;
  if (typeof tune !== 'boolean') throw wrongOption(CREATE, 'tune', 'true or false', tune);
  if (expectedRuns !== undefined && !(typeof expectedRuns === 'number' && expectedRuns >= 1))
    throw wrongOption(CREATE, 'expectedRuns', 'a number, 1 or more', expectedRuns);
  const acquired = await acquireDevice(device);
  const gpu = new Gpu(acquired, factsOf(acquired.device, acquired.info, expectedRuns));
  try {
    return backendOn(gpu, undefined, { isOn: tune, file: tunings });
  } catch (error) {
    gpu.destroy();
    throw error;
  }
}

/** The backend on `gpu`; `algorithms`: the rows of the decision table, by default all. */
export function backendOn(gpu: Gpu, algorithms?: readonly Algorithm[], tuning: Tuning = { isOn: false }): WebgpuBackend {
  const tunings = new Tunings(adapterOf(gpu), tuning.file);
  const lifetime = new Lifetime('the webgpu backend', () => gpu.destroy());
  const plan = (given: ConvProblem): Promise<WebgpuPlan> =>
    lifetime.during(PREPARE, async () => {
      gpu.loss.check(PREPARE);
      const problem = freezeProblem(given, PREPARE);
      const planned = new WebgpuPlan(owner, problem, lifetime, algorithms);
      const tuned = await tuner.algorithmsFor(problem);
      if (tuned === undefined) return planned;
      await planned.dispose();
      return new WebgpuPlan(owner, problem, lifetime, tuned);
    });
  const backend: WebgpuBackend = {
    name: NAME,
    get info() {
      return infoOf(gpu);
    },
    device: gpu.device,
    get tunings() {
      return tunings.toJSON();
    },
    prepare: plan,
    toDevice: <D extends DType>(tensor: AnyTensor<D>) => sendToDevice(owner, tensor) as Promise<DeviceTensor<D>>,
    rearrange: (tensor, view) => rearrangeOnDevice(owner, tensor, view),
    fromGPUBuffer: <D extends DType>(buffer: GPUBuffer, shape: readonly number[], dtype: D) =>
      tensorOn(owner, buffer, { shape, dtype }) as DeviceTensor<D>,
    gpuBufferOf: (tensor) => bufferOf(owner, tensor),
    dispose: () => lifetime.end(),
  };
  const owner: MemoryOwner = { backend, gpu, during: (op, work) => lifetime.during(op, work), check: (op) => lifetime.check(op) };
  const tuner = new Tuner(owner, lifetime, tunings, tuning.isOn);
  return backend;
}

/** Whether kernels are tried out, and what is known from before. */
interface Tuning {
  readonly isOn: boolean;
  readonly file?: unknown;
}

/** The adapter's own description, as far as the platform tells. */
function adapterOf({ info }: Gpu): string {
  const { description = '', vendor = '', architecture = '' } = info ?? {};
  return description || [vendor, architecture].filter((part) => part !== '').join(' ') || 'unknown';
}

function infoOf(gpu: Gpu): WebgpuBackendInfo {
  const { info, facts, loss } = gpu;
  const { vendor = '', architecture = '' } = info ?? {};
  return Object.freeze({
    // WGSL may assume that there is no NaN and no infinity.
    nonFinite: 'unspecified' as const,
    adapter: adapterOf(gpu),
    vendor,
    architecture,
    isFallback: facts.isSoftware,
    features: Object.freeze([...facts.features].toSorted()),
    ...(loss.lost === undefined ? {} : { lost: loss.lost }),
  });
}
