/** What a backend is: the contract that ours and third parties' fulfil. `docs/adding-a-backend.md` walks through it. */
import type { DType } from '../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor, Tensor } from '../tensor/tensor.ts';
import type { View } from '../tensor/view.ts';
import type { ConvProblem } from './problem.ts';

/**
 * How far a plan's results may be from the exact sum (`docs/numerics.md`), beside one rounding of the output:
 * - `exact`: not at all (integers, bool)
 * - `pointwise`: c · γ(K) · Σ|x·w| (direct kernels)
 * - `tile`: c · γ(K) · Σ_c max|x_c| · Σ_k|w|, maxima over the windows of size `tile` that meet the output's own (Winograd)
 * - `signal`: c · u · log2(N) · Σ_c ‖x_c‖₂ · ‖w_c‖₂ (FFT)
 */
export type ErrorBound = ExactBound | PointwiseBound | TileBound | SignalBound;

/** No error: integers and bool. */
export interface ExactBound {
  /** The bound's formula. */
  readonly kind: 'exact';
}

/** The error of a direct sum, for each element by itself. */
export interface PointwiseBound {
  /** The bound's formula. */
  readonly kind: 'pointwise';
  /** The factor in front. */
  readonly c: number;
}

/** The error of Winograd's transforms, by the maxima of tiles. */
export interface TileBound {
  /** The bound's formula. */
  readonly kind: 'tile';
  /** The factor in front. */
  readonly c: number;
  /** Input elements of a tile, per spatial dimension. */
  readonly tile: readonly number[];
}

/** The error of Fourier transforms, by norms. */
export interface SignalBound {
  /** The bound's formula. */
  readonly kind: 'signal';
  /** The factor in front. */
  readonly c: number;
}

/** What a backend says of itself; the facts that have a name here, and others of each backend's own. */
export interface BackendInfo {
  /** 'ieee': NaN and infinity behave as in IEEE 754 and stay local. 'unspecified': the platform may assume there is none (WGSL). */
  readonly nonFinite: 'ieee' | 'unspecified';
  /** What its inner loops are made of: 'javascript', 'simd128', 'relaxed-simd'. */
  readonly isa?: string | undefined;
  /** How many threads compute. */
  readonly threads?: number | undefined;
  /** Why there are so many. */
  readonly threadsReason?: string | undefined;
  readonly [fact: string]: unknown;
}

/** A tensor in host memory or on a device. */
export type OperandTensor<D extends DType = DType> = AnyTensor<D> | DeviceTensor<D>;

/** Where a run writes its result. */
export interface RunOptions {
  /** Written in place and returned; shape and dtype of the result; must not overlap an operand. */
  readonly out?: Tensor | undefined;
}

/** Runs convolution problems. A package exports `createBackend(options?): Promise<Backend>`. */
export interface Backend {
  /** Shown in reports, explanations and errors. */
  readonly name: string;
  /** What it says of itself. */
  readonly info: BackendInfo;
  /**
   * A new plan for `problem`.
   * @throws UnsupportedProblemError when this backend cannot run it; never a silent fallback, never a wrong number.
   */
  prepare(problem: ConvProblem): Promise<ConvPlan>;
  /** Copies a host tensor to the device. */
  toDevice?(tensor: AnyTensor): Promise<DeviceTensor>;
  /** A new tensor on the device with the elements of `view`. Required beside `toDevice`. */
  rearrange?(tensor: DeviceTensor, view: View): Promise<DeviceTensor>;
  /** Idempotent. Started runs finish; later calls reject. */
  dispose(): Promise<void>;
}

/**
 * True for an object with what every backend has: a name, `info` that says what NaN does, `prepare` and `dispose`.
 *
 * @example
 * isBackend(await createBackend()); // → true
 * isBackend({ name: 'mine' }); // → false
 */
export function isBackend(value: unknown): value is Backend {
  if (typeof value !== 'object' || value === null) return false;
  const { name, info, prepare, dispose } = value as { readonly [Part in keyof Backend]?: unknown };
  if (typeof name !== 'string' || typeof prepare !== 'function' || typeof dispose !== 'function') return false;
  const nonFinite = (info as Partial<BackendInfo> | null | undefined)?.nonFinite;
  return nonFinite === 'ieee' || nonFinite === 'unspecified';
}

/** How a backend runs one problem: the algorithm chosen, compiled and cached. */
export interface ConvPlan {
  /** The kernel's name, shown in reports: `<dtype>-<algorithm>-<MR>x<NR>[-<isa>]`. */
  readonly kernel: string;
  /** How far results may be from the exact sum. */
  readonly errorBound: ErrorBound;
  /** Why this kernel was chosen, for `explain`. */
  readonly reasons?: readonly string[];
  /** Packs the weights. The rhs may change once the promise has settled. */
  bindRhs(rhs: OperandTensor): Promise<BoundConv>;
  /** Frees the plan and what is bound to it. Idempotent; started runs finish. */
  dispose(): void | Promise<void>;
}

/** A plan with its weights: runs many lhs, concurrently where the caller likes. */
export interface BoundConv {
  /** Checks dtype, element count and data length of lhs, not its shape: `[n]` runs as `[1, 1, n]`. The result has the problem's out shape. */
  run(lhs: OperandTensor, options?: RunOptions): Promise<Tensor | DeviceTensor>;
  /** The same, at once, where the backend can. With `out` it allocates nothing. */
  runSync?(lhs: AnyTensor, options?: RunOptions): Tensor;
  /** Frees the packed weights. Idempotent; started runs finish. */
  dispose(): void | Promise<void>;
}

/**
 * The dtype that a problem's products are added in: float32 if the output is float16 or bfloat16, else the output's.
 *
 * @example
 * const operands = [zeros([4], 'float16'), zeros([2], 'float16')];
 * const [problem] = resolve({ fn: 'numpy.convolve', operands, args: [] });
 * accumulatorOf(problem); // → 'float32'
 */
export function accumulatorOf(problem: ConvProblem): Exclude<DType, 'float16' | 'bfloat16'> {
  const { dtype } = problem.out;
  return dtype === 'float16' || dtype === 'bfloat16' ? 'float32' : dtype;
}
