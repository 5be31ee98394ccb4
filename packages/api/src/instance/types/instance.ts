/** What `laxconv` and `laxconvOn` give: the public functions on a backend. */
// Symbol.asyncDispose for consumers whose lib has none; `preserve` keeps the line in the declaration file.
/// <reference lib="esnext.disposable" preserve="true" />
import type { BackendHandle } from './handle.ts';
import type { Lax } from './lax.ts';
import type { Numpy } from './numpy.ts';
import type { Signal } from './scipy-signal.ts';

/** The namespace `scipy`. */
export interface Scipy {
  /** The functions of `jax.scipy.signal`. */
  readonly signal: Signal;
}

/** The public functions on a backend. */
export interface Instance {
  /** The functions of `jax.lax`. */
  readonly lax: Lax;
  /** The functions of `jax.numpy`. */
  readonly numpy: Numpy;
  /** The functions of `jax.scipy`. */
  readonly scipy: Scipy;
  /** What computes, and why. */
  readonly backend: BackendHandle;
  /**
   * Frees what the instance holds: plans, packed weights, and the backends that it started. Idempotent; started calls finish, later ones
   * reject.
   *
   * @example
   * const { numpy, dispose } = await laxconv({ backend: 'naive' });
   * toNested(await numpy.convolve(tensor([1, 2]), tensor([1, 1]))); // → [1, 3, 2]
   * await dispose();
   */
  readonly dispose: () => Promise<void>;
  /** `dispose`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}
