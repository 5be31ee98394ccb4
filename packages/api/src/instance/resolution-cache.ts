/** Resolutions of an instance's calls, by what they depend on: a repeated call is looked up, not resolved. Bounded, oldest out. */
import { callKey, copyOfPlain } from '../call/call-key.ts';
import type { FunctionName } from '../call/conv-call.ts';
import { resolveArguments, type ResolvedCall } from '../call/resolve.ts';
import type { Resolution } from '../call/resolution.ts';
import { operationNamed } from '../ops/operations.ts';
import type { OperandTensor } from '../problem/backend.ts';
import { checkTensor } from '../tensor/tensor.ts';

const CAPACITY = 256;

/** One instance's resolutions. */
export class ResolutionCache {
  readonly #resolutions = new Map<string, Resolution>();

  /** `resolveArguments` for tensors; refusals are found anew each time. */
  resolve(fn: FunctionName, values: readonly unknown[]): ResolvedCall<OperandTensor> {
    const operation = operationNamed(fn, fn);
    const names = operation.signature.operands;
    const candidates = values.slice(0, names.length);
    const key = candidates.every(isSpecLike) ? callKey(fn, candidates, values.slice(names.length)) : undefined;
    const known = key === undefined ? undefined : this.#resolutions.get(key);
    if (known === undefined) {
      if (key === undefined) return resolveArguments<OperandTensor>(operation, values, checkTensor);
      // Reading an argument can be a call of a getter, which may say something else each time. What is remembered under a key was
      // resolved from a copy that has this key.
      const copies = values.slice(names.length).map(copyOfPlain);
      const resolved = resolveArguments<OperandTensor>(operation, [...candidates, ...copies], checkTensor);
      if (callKey(fn, resolved.specs, copies) === key) this.#remember(key, resolved.resolution);
      return resolved;
    }
    // Same shapes, dtypes and arguments as a call that was in order; the data is this call's own.
    const operands = candidates.map((value, index) => {
      checkTensor(fn, names[index], value);
      return value;
    });
    return { operands, specs: operands, resolution: known };
  }

  #remember(key: string, resolution: Resolution): void {
    this.#resolutions.set(key, resolution);
    if (this.#resolutions.size <= CAPACITY) return;
    const [oldest] = this.#resolutions.keys();
    this.#resolutions.delete(oldest);
  }
}

/** Enough of a tensor for its key; `checkTensor` says the rest. */
function isSpecLike(value: unknown): value is OperandTensor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dtype' in value &&
    typeof value.dtype === 'string' &&
    'shape' in value &&
    Array.isArray(value.shape)
  );
}
