/** What a golden is to those who use it: a call, its address, and what JAX did. */
import type { RuleId, TensorSpec } from '@laxconv/api';
import type { GoldenCall } from './cases.ts';
import type { Json } from './operand.ts';

/** What JAX did with a call. */
export type GoldenOutcome =
  | { readonly kind: 'value'; readonly spec: TensorSpec }
  /** Several arrays; null for one that does not exist, such as the cotangent of an integer operand. */
  | { readonly kind: 'values'; readonly specs: readonly (TensorSpec | null)[] }
  | { readonly kind: 'json'; readonly value: Json }
  | {
      readonly kind: 'error';
      /** The Python class that JAX raised, and its message; null where JAX accepts the call and laxconv does not. */
      readonly jaxError: string | null;
      readonly jaxMessage: string | null;
      /** The rule that the call breaks; laxconv raises the class of the rule. */
      readonly rule: RuleId;
      /** Why laxconv raises another class than JAX, where it does. */
      readonly difference: string | undefined;
    };

/** A call with what JAX did. */
export interface GoldenCase {
  /** `golden:family/name:param=value,…`, or `validation:…` where the call is refused. */
  readonly id: string;
  readonly family: string;
  readonly name: string;
  readonly about: string;
  readonly params: Readonly<Record<string, string>>;
  readonly call: GoldenCall;
  readonly outcome: GoldenOutcome;
  /** What a reader should know about JAX's value. */
  readonly notes: readonly string[];
  /** JAX's flag jax_enable_x64 when it ran. */
  readonly x64: boolean;
}

/** A code cell of the notebook. */
export interface NotebookCell {
  /** Counted from 1. */
  readonly cell: number;
  readonly name: string;
  readonly about: string;
  /** The lines that it prints. */
  readonly printed: readonly string[];
  /** Its calls. */
  readonly cases: readonly GoldenCase[];
  /** Names of arrays that it makes, beside its calls' operands. */
  readonly arrays: readonly string[];
}
