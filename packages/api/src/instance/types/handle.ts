/** What an instance says of its backend, and how it reaches its device. */
import type { FunctionName } from '../../call/conv-call.ts';
import type { BackendInfo } from '../../problem/backend.ts';
import type { ConvProblem } from '../../problem/problem.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor } from '../../tensor/tensor.ts';

/** A backend that was asked for and could not start, and why. */
export interface Rejection {
  /** Its name. */
  readonly backend: string;
  /** What is missing: a driver, a flag, a header, the package. */
  readonly reason: string;
}

/** How one problem of a call would run. */
export interface Explanation {
  /** The backend's name; 'api' where there is nothing to compute. */
  readonly backend: string;
  /** Its name of the compiled inner loop. */
  readonly kernel: string;
  /** The canonical problem; null: nothing to compute. */
  readonly problem: ConvProblem | null;
  /** Why this backend and this kernel, refusals of earlier backends included. */
  readonly reasons: readonly string[];
}

/** What an instance says of its backend. */
export interface BackendHandle {
  /** The backend's name; of a list: the names joined by `+`. */
  readonly name: string;
  /** What the backend says of itself (isa, threads, adapter, …); of a list: the first one's. */
  readonly info: BackendInfo;
  /** The backends that were asked for and could not start. */
  readonly rejected: readonly Rejection[];
  /**
   * How a call would run: one explanation per problem. Nothing is computed.
   *
   * @param fn The function's name, such as `'lax.conv'`.
   * @param args Its arguments; operands need shape and dtype only.
   * @throws {@link LaxconvError} as the call itself would
   * @example
   * const x = { shape: [1, 1, 4], dtype: 'float32' };
   * const w = { shape: [1, 1, 2], dtype: 'float32' };
   * const [{ backend: name, problem }] = await backend.explain('lax.conv', x, w, [2], 'SAME');
   * name; // → 'naive'
   * problem?.out; // → { shape: [1, 1, 2], dtype: 'float32' }
   */
  explain(fn: Exclude<FunctionName, 'lax.convDimensionNumbers'>, ...args: readonly unknown[]): Promise<Explanation[]>;
  /**
   * Copies a host tensor to the device of the first backend that has one. Free it with {@link disposeTensor}.
   *
   * @param tensor A host tensor of any dtype.
   * @throws {@link LaxconvNotImplementedError} when no backend has device memory
   * @example
   * const x = await backend.toDevice(tensor([[[1, 2, 3, 4]]]));
   * const y = await lax.conv(x, tensor([[[1, 10]]]), [1], 'VALID'); // on the device, as x
   * toNested(await toHost(y)); // → [[[21, 32, 43]]]
   * disposeTensor(x);
   * disposeTensor(y);
   */
  toDevice<D extends DType>(tensor: AnyTensor<D>): Promise<DeviceTensor<D>>;
}
