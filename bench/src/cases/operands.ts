/** The operands of a case's problem, the same in every run. */
import type { DataOf, DType, Tensor, TensorSpec } from '@laxconv/api/backend';
import { DTYPES, sizeOf, zeros } from '@laxconv/api/backend';
import { convert } from '@laxconv/api';
import { randomFrom } from '../statistics/random.ts';
import type { Fill } from './bench-case.ts';

/** A tensor of `spec`, filled from `seed`. Throws an Error where no numbers of that kind exist. */
export function operandOf(spec: TensorSpec, fill: Fill, seed: number): Tensor {
  return fill === 'gaussian' ? gaussian(spec) : uniform(spec, randomFrom(seed));
}

function uniform({ shape, dtype }: TensorSpec, random: () => number): Tensor {
  const { kind, components } = DTYPES[dtype];
  const count = sizeOf(shape) * components;
  switch (kind) {
    case 'float':
      return convert({ dtype: 'float64', shape, data: Float64Array.from({ length: count }, () => 2 * random() - 1) }, dtype);
    case 'complex': {
      const result = zeros(shape, dtype);
      const data = result.data as DataOf['complex64' | 'complex128'];
      for (let index = 0; index < count; index++) data[index] = 2 * random() - 1;
      return result;
    }
    default:
      return integers(shape, dtype, random);
  }
}

/** Bytes at random are integers at random, of any width; bool keeps their lowest bit. */
function integers(shape: readonly number[], dtype: DType, random: () => number): Tensor {
  const result = zeros(shape, dtype);
  const { buffer, byteOffset, byteLength } = result.data;
  const mask = dtype === 'bool' ? 1 : 255;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let index = 0; index < byteLength; index++) bytes[index] = Math.floor(256 * random()) & mask;
  return result;
}

/** The notebook's kernel: the outer product of exp(−t²/2), t from −3 to 3, over every axis longer than one. */
function gaussian({ shape, dtype }: TensorSpec): Tensor {
  const along = shape.map((length) =>
    Array.from({ length }, (_, index) => (length === 1 ? 1 : Math.exp(-0.5 * (-3 + (6 * index) / (length - 1)) ** 2))),
  );
  const values = along.reduce<number[]>((outer, axis) => outer.flatMap((left) => axis.map((right) => left * right)), [1]);
  const sum = values.reduce((total, value) => total + value, 0);
  return convert({ dtype: 'float64', shape, data: Float64Array.from(values, (value) => value / sum) }, dtype);
}
