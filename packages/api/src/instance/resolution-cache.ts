/** Resolutions of one function's calls, by what they depend on: a repeated call is recognised, not resolved. */
import { copyOfPlain, isSamePlain, NOT_PLAIN } from '../call/plain-data.ts';
import { resolveArguments, type ResolvedCall } from '../call/resolve.ts';
import type { Operation, Resolution } from '../call/resolution.ts';
import type { OperandTensor } from '../problem/backend.ts';
import type { TensorSpec } from '../problem/problem.ts';
import { readElements, readTensor } from '../tensor/read-tensor.ts';
import { MAX_RANK } from '../tensor/tensor.ts';

const CAPACITY = 256;

/** A call that was in order. */
interface KnownCall {
  readonly specs: readonly TensorSpec[];
  /** Copies of the arguments after the operands. */
  readonly args: readonly unknown[];
  readonly resolution: Resolution;
}

/** One function's resolutions. Bounded, oldest out. */
export class ResolutionCache {
  readonly #operation: Operation;
  /** By the hash of their operands' sizes; calls that share one are compared in turn. */
  readonly #calls = new Map<number, KnownCall[]>();
  #count = 0;

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  /** `resolveArguments` for tensors; refusals are found anew each time. */
  resolve(values: readonly unknown[]): ResolvedCall<OperandTensor> {
    const { op, operands: names } = this.#operation.signature;
    const hash = hashOf(values, names.length);
    const known = this.#calls.get(hash)?.find((call) => isSameCall(call, values));
    if (known === undefined) return this.#resolveNew(hash, values);
    // Same shapes, dtypes and arguments as a call that was in order; the data is this call's own.
    const operands = names.map((name, index) => readElements(op, name, values[index] as object, known.specs[index]));
    return { operands, specs: known.specs, resolution: known.resolution };
  }

  #resolveNew(hash: number, values: readonly unknown[]): ResolvedCall<OperandTensor> {
    const { length } = this.#operation.signature.operands;
    const args = values.slice(length).map((value) => copyOfPlain(value));
    if (args.includes(NOT_PLAIN)) return resolveArguments<OperandTensor>(this.#operation, values, readTensor);
    // What is remembered with the copies was resolved from them: reading the arguments again may say something else.
    const resolved = resolveArguments<OperandTensor>(this.#operation, [...values.slice(0, length), ...args], readTensor);
    this.#remember(hash, { specs: resolved.specs, args, resolution: resolved.resolution });
    return resolved;
  }

  #remember(hash: number, call: KnownCall): void {
    const sharing = this.#calls.get(hash);
    if (sharing === undefined) this.#calls.set(hash, [call]);
    else sharing.push(call);
    this.#count++;
    if (this.#count <= CAPACITY) return;
    const [[oldest, calls]] = this.#calls;
    this.#calls.delete(oldest);
    this.#count -= calls.length;
  }
}

/** The same for equal shapes, whatever else; values that are no tensors have one too. */
function hashOf(values: readonly unknown[], operands: number): number {
  let hash = 0;
  for (let index = 0; index < operands; index++) {
    const shape: unknown = (values[index] as Partial<TensorSpec> | null | undefined)?.shape;
    if (!Array.isArray(shape) || shape.length > MAX_RANK) continue;
    for (let axis = 0; axis < shape.length; axis++) {
      const size: unknown = shape[axis];
      hash = (Math.imul(hash, 31) + (typeof size === 'number' ? size : 0)) | 0;
    }
  }
  return hash;
}

function isSameCall({ specs, args }: KnownCall, values: readonly unknown[]): boolean {
  if (values.length !== specs.length + args.length) return false;
  for (let index = 0; index < specs.length; index++) if (!isSameSpec(specs[index], values[index])) return false;
  for (let index = 0; index < args.length; index++) if (!isSamePlain(args[index], values[specs.length + index])) return false;
  return true;
}

/** A tensor has more than its spec: only dtype and shape are looked at. */
function isSameSpec({ dtype, shape }: TensorSpec, given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const tensor = given as Partial<TensorSpec>;
  return tensor.dtype === dtype && isSamePlain(shape, tensor.shape);
}
