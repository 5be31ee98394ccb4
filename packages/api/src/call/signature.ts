/** Python's calling convention for the public functions: positional operands and arguments, then one options object. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/tensor.ts';
import type { FunctionName } from './conv-call.ts';

/** The parameters of a public function, in order. */
export interface Signature {
  readonly op: FunctionName;
  /** The tensors, which come first. */
  readonly operands: readonly string[];
  /** Positional arguments that must be given. */
  readonly required: readonly string[];
  /** Positional arguments that may be left out. */
  readonly optional: readonly string[];
  /** What the options object may hold. */
  readonly options: readonly string[];
}

/** Arguments by name; an absent one is undefined. */
export type BoundArguments = Readonly<Record<string, unknown>>;

/** Binds the values of a call to the names of its signature, operands included. */
export function bindArguments({ op, operands, required, optional, options }: Signature, values: readonly unknown[]): BoundArguments {
  const mandatory = [...operands, ...required];
  const positional = [...mandatory, ...optional];
  const bound: Record<string, unknown> = {};
  for (const [index, name] of mandatory.entries()) {
    if (index < values.length && values[index] !== undefined) continue;
    throw refuse('call/arity', `missing argument ${name}; the call is ${op}(${positional.join(', ')}, options)`, { op, argument: name });
  }
  if (values.length > positional.length + 1) {
    throw refuse('call/arity', `takes ${positional.length} positional arguments and options, got ${values.length} arguments`, {
      op,
      argument: 'arguments',
      values: { expected: positional.length, got: values.length },
    });
  }
  for (const [index, name] of positional.entries()) bound[name] = values[index];
  bindOptions(op, options, values[positional.length], bound);
  return bound;
}

function bindOptions(op: FunctionName, names: readonly string[], given: unknown, bound: Record<string, unknown>): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) {
    throw refuse('call/options', `options must be an object with ${names.join(', ')}, got ${describe(given)}`, {
      op,
      argument: 'options',
      values: { options: given },
    });
  }
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) {
      throw refuse('call/unknown-option', `has no option ${describe(name)}; its options are ${names.join(', ')}`, {
        op,
        argument: name,
        values: { option: name, known: names },
      });
    }
    bound[name] = value;
  }
}
