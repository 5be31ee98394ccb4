/** Where a synchronous run of a prepared convolution lays what it gives the backend: made once, so that no run makes an object. */
import type { RunOptions } from '../problem/backend.ts';
import type { TensorSpec } from '../problem/problem.ts';
import type { AnyTensor, Tensor } from '../tensor/tensor.ts';

type Data = AnyTensor['data'];
type Mutable<T> = { -readonly [Part in keyof T]: T[Part] };

/** An operand of one shape and dtype, and options with an `out` of another. */
export class Desk {
  readonly #lhs: Mutable<AnyTensor>;
  readonly #out: Mutable<Tensor>;
  readonly #options: RunOptions;

  constructor(lhs: TensorSpec, out: TensorSpec) {
    this.#lhs = { ...lhs, data: NONE };
    this.#out = { ...out, data: NONE };
    this.#options = { out: this.#out };
  }

  /** The operand with this data. */
  lhsOf(data: Data): AnyTensor {
    this.#lhs.data = data;
    return this.#lhs;
  }

  /** Options to write to this data. */
  outTo(data: Data): RunOptions {
    this.#out.data = data as Tensor['data'];
    return this.#options;
  }

  /** Holds on to nothing. */
  clear(): void {
    this.#lhs.data = NONE;
    this.#out.data = NONE;
  }
}

const NONE: Tensor['data'] = new Uint8Array(0);
