/**
 * The case files: families of calls, written by hand, read alike by this loader and by `scripts/goldens`. A case with parameters stands
 * for their product; a string that is exactly `"$name"` (or `"$name.field"`) anywhere in its call is replaced by the parameter's value.
 */
import type { FunctionName } from '@laxconv/api';
import { z } from 'zod';
import { GoldenError } from './golden-error.ts';
import { operandDescriptor, type Json, type OperandDescriptor } from './operand.ts';

const name = z.string().regex(/^[A-Za-z0-9._+-]+$/);
const scalar = z.union([z.string().regex(/^[A-Za-z0-9._+-]+$/), z.int(), z.boolean(), z.null()]);

const caseSchema = z.strictObject({
  name,
  about: z.string(),
  /** Values by parameter: a list of scalars, or an object whose keys label values of any form. */
  params: z.record(name, z.union([z.array(scalar).min(1), z.record(name, z.json())])).optional(),
  call: z.strictObject({ fn: z.string(), operands: z.array(z.json()), args: z.union([z.array(z.json()), z.string()]) }),
  /** The rule that the call breaks; without it, the call must succeed. */
  refused: z.string().optional(),
  /** Where laxconv differs on purpose from what JAX does: `jax` is the class that JAX raises, or 'accepts'. */
  difference: z.strictObject({ jax: z.string(), reason: z.string() }).optional(),
  /** What a reader should know about JAX's value. */
  notes: z.array(z.string()).optional(),
  /** Why this call has no recorded outcome: a bug of JAX. */
  omitted: z.string().optional(),
});

const cellSchema = z.strictObject({
  cell: z.int().min(1),
  name,
  about: z.string(),
  cases: z.array(name),
  arrays: z.array(z.string()).optional(),
});

/** A case file. */
export const caseFileSchema = z.strictObject({
  family: name,
  about: z.string(),
  /** JAX's flag jax_enable_x64; default true. */
  x64: z.boolean().optional(),
  /** The cells of the notebook, where the family is one. */
  cells: z.array(cellSchema).optional(),
  cases: z.array(caseSchema),
});
/** A case file, as it is written. */
export type CaseFile = z.infer<typeof caseFileSchema>;

/** A call with its operands described. */
export interface GoldenCall {
  readonly fn: FunctionName;
  readonly operands: readonly OperandDescriptor[];
  readonly args: readonly Json[];
}

/** A case with values for its parameters. */
export interface ExpandedCase {
  readonly name: string;
  /** `name` or `name:param=value,…`: the key of the outcome in the manifest. */
  readonly key: string;
  readonly about: string;
  readonly params: Readonly<Record<string, string>>;
  readonly call: GoldenCall;
  readonly refused: string | undefined;
  readonly difference: { readonly jax: string; readonly reason: string } | undefined;
  readonly notes: readonly string[];
}

/** The cases of a file, parameters filled in, in order; omitted ones left out. */
export function expandCases(file: string, { cases }: CaseFile): ExpandedCase[] {
  return cases
    .filter(({ omitted }) => omitted === undefined)
    .flatMap((entry) => products(Object.entries(entry.params ?? {})).map((values) => expand(file, entry, values)));
}

function expand(file: string, entry: CaseFile['cases'][number], values: readonly Labelled[]): ExpandedCase {
  const { name: caseName, about, refused = null, difference, notes = [] } = entry;
  const suffix = values.map(([param, label]) => `${param}=${label}`).join(',');
  const key = suffix === '' ? caseName : `${caseName}:${suffix}`;
  const params = new Map(values.map(([param, , value]) => [param, value]));
  try {
    const filled = filledSchema.parse(substitute({ call: entry.call, refused }, params));
    return {
      name: caseName,
      key,
      about,
      params: Object.fromEntries(values),
      call: filled.call,
      refused: filled.refused ?? undefined,
      difference,
      notes,
    };
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new GoldenError(file, `case ${key} is not a call: ${reason}`, cause);
  }
}

const filledSchema = z.strictObject({
  call: z.strictObject({
    fn: z.custom<FunctionName>((fn) => typeof fn === 'string'),
    operands: z.array(operandDescriptor),
    args: z.array(z.json()),
  }),
  refused: z.string().nullable(),
});

type Labelled = readonly [param: string, label: string, value: Json];

function products(params: readonly (readonly [string, readonly Json[] | Readonly<Record<string, Json>>])[]): Labelled[][] {
  return params.reduce<Labelled[][]>(
    (rows, [param, values]) => {
      const labelled = Array.isArray(values) ? values.map((value) => [String(value), value] as const) : Object.entries(values);
      return rows.flatMap((row) => labelled.map(([label, value]): Labelled[] => [...row, [param, label, value]]));
    },
    [[]],
  );
}

function substitute(template: Json, params: ReadonlyMap<string, Json>): Json {
  if (typeof template === 'string') return template.startsWith('$') ? lookUp(template.slice(1), params) : template;
  if (Array.isArray(template)) return template.map((item) => substitute(item, params));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, substitute(value, params)]));
}

function lookUp(path: string, params: ReadonlyMap<string, Json>): Json {
  const [param, ...fields] = path.split('.');
  let value = params.get(param);
  for (const field of fields) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[field] : undefined;
  }
  if (value === undefined) throw new Error(`there is no parameter $${path}`);
  return value;
}
