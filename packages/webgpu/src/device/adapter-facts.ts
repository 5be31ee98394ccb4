/** What kernels need to know of an adapter, and of the use that is made of it. */

/** Facts that the choice of a kernel depends on. */
export interface AdapterFacts {
  /** It computes on the CPU. */
  readonly isSoftware: boolean;
  /** Among those: SwiftShader, which compiles otherwise than LLVM does. */
  readonly isSwiftShader: boolean;
  /** The size of every subgroup; absent where the device has none, or where sizes vary. */
  readonly subgroupSize?: number;
  /** The largest buffer that a shader can see. */
  readonly maxBindingBytes: number;
  /** Workgroups along each axis of a dispatch. */
  readonly maxWorkgroups: number;
  /** Features that the device has. */
  readonly features: ReadonlySet<string>;
  /** Runs of a convolution that pay for compiling its shaders. */
  readonly expectedRuns: number;
}

/**
 * Assumed of users who do not say: a page that runs a network for some seconds. For 100 runs a GEMM is taken on
 * lavapipe for such a network's layers of 3×3, for 600 Winograd, whose shaders take half a second longer to compile.
 */
const EXPECTED_RUNS = 600;

/** True for an adapter that computes on the CPU: a fallback, or a driver known to be software. */
export function isSoftware(info: GPUAdapterInfo | undefined): boolean {
  return info !== undefined && (info.isFallbackAdapter || /llvmpipe|lavapipe|swiftshader|software/i.test(namesOf(info)));
}

/** All that an adapter says of itself. */
function namesOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].join(' ');
}

/** The facts of `device`. */
export function factsOf(device: GPUDevice, info: GPUAdapterInfo | undefined, expectedRuns = EXPECTED_RUNS): AdapterFacts {
  const { limits, features } = device;
  const { subgroupMinSize, subgroupMaxSize } = info ?? {};
  const isFixed = features.has('subgroups') && subgroupMinSize !== undefined && subgroupMinSize === subgroupMaxSize;
  return {
    isSoftware: isSoftware(info),
    isSwiftShader: info !== undefined && /swiftshader/i.test(namesOf(info)),
    ...(isFixed ? { subgroupSize: subgroupMinSize } : {}),
    maxBindingBytes: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
    maxWorkgroups: limits.maxComputeWorkgroupsPerDimension,
    features: new Set(features),
    expectedRuns,
  };
}
