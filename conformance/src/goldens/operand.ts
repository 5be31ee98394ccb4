/** Operands as the case files describe them, and the tensors they stand for. */
import {
  DTYPES,
  isDType,
  sizeOf,
  toBfloat16Bits,
  toFloat16Bits,
  zeros,
  type DType,
  type Elements,
  type Tensor,
} from '@laxconv/api/backend';
import { z } from 'zod';
import { GoldenError } from './golden-error.ts';
import { randomTensor } from './random.ts';

/** JSON, as calls and parameters are made of. */
export type Json = z.infer<ReturnType<typeof z.json>>;

const shape = z.array(z.int().min(0));
const dtype = z.custom<DType>(isDType, { error: 'must be a dtype' });
/** A number, a 64-bit integer in decimals, or what JSON cannot write: "nan", "inf", "-inf", "-0". */
const value = z.union([z.number(), z.string().regex(/^(-?\d+|nan|-?inf)$/)]);

/** How an operand comes about. `json` is passed to the function as it stands: something that is no tensor. */
export const operandDescriptor = z.union([
  z.strictObject({
    shape,
    dtype,
    random: z.strictObject({ seed: z.int().min(0), low: z.number().optional(), high: z.number().optional() }),
  }),
  z.strictObject({ shape, dtype, values: z.array(value) }),
  z.strictObject({ shape, dtype, array: z.string() }),
  z.strictObject({ json: z.json() }),
]);
/** An operand as a case describes it. */
export type OperandDescriptor = z.infer<typeof operandDescriptor>;

/** The tensor of listed values, row-major; re and im interleaved where complex. */
export function tensorOfValues(file: string, descriptor: Extract<OperandDescriptor, { values: unknown }>): Tensor {
  const tensor = zeros(descriptor.shape, descriptor.dtype);
  const { components } = DTYPES[descriptor.dtype];
  if (descriptor.values.length !== sizeOf(descriptor.shape) * components) {
    throw new GoldenError(file, `an operand of shape [${descriptor.shape.join(', ')}] lists ${descriptor.values.length} values`);
  }
  const data: Elements = tensor.data;
  for (const [index, listed] of descriptor.values.entries()) data[index] = elementOf(listed, descriptor.dtype);
  return tensor;
}

const SPECIAL: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 };

function elementOf(listed: number | string, to: DType): number | bigint {
  const { kind, itemsize } = DTYPES[to];
  if ((kind === 'int' || kind === 'uint') && itemsize === 8) return BigInt(listed);
  const number = typeof listed === 'number' ? listed : (SPECIAL[listed] ?? Number(listed));
  if (to === 'float16') return toFloat16Bits(Math.fround(number));
  if (to === 'bfloat16') return toBfloat16Bits(Math.fround(number));
  return number;
}

/** The operand that `descriptor` stands for; `array` looks stored arrays up. */
export async function materialise(
  file: string,
  descriptor: OperandDescriptor,
  array: (name: string) => Promise<Tensor>,
): Promise<Tensor | Json> {
  if ('json' in descriptor) return descriptor.json;
  if ('random' in descriptor) return randomTensor(descriptor.shape, descriptor.dtype, descriptor.random);
  if ('values' in descriptor) return tensorOfValues(file, descriptor);
  return array(descriptor.array);
}
