/** `goldens/manifest.json`: what JAX did with every case, where its arrays are stored, and the digests that hold the files to it. */
import { isDType, type DType } from '@laxconv/api/backend';
import { z } from 'zod';
import { DESCRS } from './npy.ts';

const storedArray = z.strictObject({
  dtype: z.custom<DType>(isDType, { error: 'must be a dtype' }),
  shape: z.array(z.int().min(0)),
  /** A file of `files`, and the index of the array's first stored element in it; absent where the array is empty. */
  file: z.string().optional(),
  offset: z.int().min(0).optional(),
});
/** Where an array is stored. */
export type StoredArray = z.infer<typeof storedArray>;

const jaxError = z.strictObject({ error: z.string(), message: z.string() });
const operands = z.array(z.string().nullable());

const outcome = z.union([
  z.strictObject({ operands, value: storedArray }),
  z.strictObject({ operands, values: z.array(storedArray.nullable()) }),
  z.strictObject({ operands, json: z.json() }),
  /** `jax`: null where JAX accepts the call and laxconv does not. */
  z.strictObject({ operands, refused: z.string(), jax: jaxError.nullable() }),
]);
/** What JAX did with a case; `operands` are the digests of the operands' bytes, null for what is no tensor. */
export type Outcome = z.infer<typeof outcome>;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** manifest.json */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** The versions that made the data. */
  generator: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.strictObject({ sha256: digest, descr: z.enum(DESCRS), count: z.int().min(0) })),
  families: z.record(
    z.string(),
    z.strictObject({
      /** The digest of the family's case file. */
      cases: digest,
      x64: z.boolean(),
      /** Arrays that operands refer to, by name. */
      arrays: z.record(z.string(), storedArray),
      /** What each cell of the notebook prints, by its name. */
      printed: z.record(z.string(), z.array(z.string())),
      outcomes: z.record(z.string(), outcome),
    }),
  ),
});
/** The manifest, checked. */
export type Manifest = z.infer<typeof manifestSchema>;
