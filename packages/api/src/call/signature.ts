/** Python's calling convention for the public functions: positional operands and arguments, then one options object. */
import { refuse } from '../errors.ts';
import type { FunctionName } from './conv-call.ts';
import { checkOptions } from './options.ts';

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
    if (values[index] !== undefined) continue;
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
  const given = values[positional.length];
  if (given === undefined) return bound;
  checkOptions(op, given, options);
  return Object.assign(bound, given);
}
