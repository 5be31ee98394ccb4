/** Mistakes in arithmetic: the wrong accumulator, wrap, rounding, or complex product. Each has the dtypes in which it shows. */
import { convert } from '@laxconv/api';
import { DTYPES, fromBfloat16Bits, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { decoderOf, encoderOf } from '../../src/arbitraries/elements.ts';
import { add, conjugate } from '../../src/families/random/arithmetic.ts';
import { changed } from '../../src/families/random/change-problem.ts';
import { slice } from '../../src/families/random/reindex.ts';
import type { Convolve, Fault } from './broken-backend.ts';

export interface ArithmeticFault {
  readonly dtypes: readonly DType[];
  readonly fault: Fault;
}

/** The result in another accumulator's dtype. */
function accumulated(convolve: Convolve, problem: ConvProblem, lhs: Tensor, rhs: Tensor, dtype: DType): Promise<Tensor> {
  return convolve(changed(problem, { out: { ...problem.out, dtype } }), lhs, rhs);
}

/** The result from operands cast to another dtype. */
async function recast(convolve: Convolve, problem: ConvProblem, lhs: Tensor, rhs: Tensor, operands: DType, out: DType): Promise<Tensor> {
  const spec = (side: 'lhs' | 'rhs') => ({ ...problem[side], dtype: operands });
  const other = changed(problem, { lhs: spec('lhs'), rhs: spec('rhs'), out: { ...problem.out, dtype: out } });
  return convolve(other, convert(lhs, operands), convert(rhs, operands));
}

function mapped(tensor: Tensor, dtype: DType, change: (value: number | bigint, index: number) => number | bigint): Tensor {
  const result = convert(tensor, dtype);
  const target: { [index: number]: number | bigint } = result.data;
  const encode = encoderOf(dtype);
  const decode = decoderOf(tensor.dtype);
  for (let index = 0; index < result.data.length; index++) target[index] = encode(change(decode(tensor.data[index]), index));
  return result;
}

function isInteger(dtype: DType): boolean {
  return DTYPES[dtype].kind === 'int' || DTYPES[dtype].kind === 'uint';
}

/** Sums of the features' partial sums, each rounded to the output. */
async function roundedPerFeature(convolve: Convolve, problem: ConvProblem, lhs: Tensor, rhs: Tensor): Promise<Tensor> {
  const { lhsSpec, rhsSpec, featureGroupCount, batchGroupCount } = problem;
  if (featureGroupCount * batchGroupCount > 1) return convolve(problem, lhs, rhs);
  let sum: Tensor | undefined;
  for (let feature = 0; feature < rhs.shape[rhsSpec[1]]; feature++) {
    const [x, w] = [slice(lhs, lhsSpec[1], feature, 1), slice(rhs, rhsSpec[1], feature, 1)];
    const partial = await convolve(changed(problem, { lhs: x, rhs: w }), x, w);
    sum = sum === undefined ? partial : add(sum, partial);
  }
  return sum ?? convolve(problem, lhs, rhs);
}

const SIXTEEN_BITS: readonly DType[] = ['float16', 'bfloat16'];
const COMPLEX: readonly DType[] = ['complex64', 'complex128'];

/** Real and imaginary part of the rhs as if each had the other at zero. */
function part(tensor: Tensor, which: 0 | 1): Tensor {
  return mapped(tensor, tensor.dtype, (value, index) => (index % 2 === which ? value : 0));
}

export const ARITHMETIC_FAULTS: Readonly<Record<string, ArithmeticFault>> = {
  'integers saturate': {
    dtypes: ['int8', 'uint8', 'int16'],
    async fault(convolve, problem, lhs, rhs) {
      const { dtype } = problem.out;
      if (!isInteger(dtype) || DTYPES[dtype].itemsize > 2) return convolve(problem, lhs, rhs);
      const wide = await accumulated(convolve, problem, lhs, rhs, 'int64');
      const bits = BigInt(DTYPES[dtype].itemsize * 8);
      const low = DTYPES[dtype].kind === 'int' ? -(1n << (bits - 1n)) : 0n;
      const high = low + (1n << bits) - 1n;
      return mapped(wide, dtype, (value) => (BigInt(value) < low ? low : BigInt(value) > high ? high : value));
    },
  },
  'int64 computed in float64': {
    dtypes: ['int64', 'uint64'],
    fault: async (convolve, problem, lhs, rhs) =>
      isInteger(problem.out.dtype) && DTYPES[problem.out.dtype].itemsize === 8
        ? convert(await recast(convolve, problem, lhs, rhs, 'float64', 'float64'), problem.out.dtype)
        : convolve(problem, lhs, rhs),
  },
  'int32 products in float32': {
    dtypes: ['int32', 'uint32'],
    fault: async (convolve, problem, lhs, rhs) =>
      isInteger(problem.out.dtype) && DTYPES[problem.out.dtype].itemsize === 4
        ? convert(await recast(convolve, problem, lhs, rhs, 'float32', 'float32'), problem.out.dtype)
        : convolve(problem, lhs, rhs),
  },
  'uint8 read as int8 where the output is wider': {
    dtypes: ['uint8'],
    fault: (convolve, problem, lhs, rhs) =>
      problem.lhs.dtype === 'uint8'
        ? recast(convolve, problem, lhs, rhs, 'int8', widerSigned(problem.out.dtype)).then((result) => convert(result, problem.out.dtype))
        : convolve(problem, lhs, rhs),
  },
  'uint32 read as int32 where the output is wider': {
    dtypes: ['uint32'],
    fault: (convolve, problem, lhs, rhs) =>
      problem.lhs.dtype === 'uint32'
        ? recast(convolve, problem, lhs, rhs, 'int32', widerSigned(problem.out.dtype)).then((result) => convert(result, problem.out.dtype))
        : convolve(problem, lhs, rhs),
  },
  'preferredElementType ignored until the end': {
    dtypes: ['int8', 'uint8', 'float16'],
    fault: async (convolve, problem, lhs, rhs) =>
      convert(await accumulated(convolve, problem, lhs, rhs, problem.lhs.dtype), problem.out.dtype),
  },
  'sums rounded to 16 bits on the way': {
    dtypes: SIXTEEN_BITS,
    fault: (convolve, problem, lhs, rhs) =>
      SIXTEEN_BITS.includes(problem.out.dtype) ? roundedPerFeature(convolve, problem, lhs, rhs) : convolve(problem, lhs, rhs),
  },
  'bfloat16 truncated': {
    dtypes: ['bfloat16'],
    async fault(convolve, problem, lhs, rhs) {
      if (problem.out.dtype !== 'bfloat16') return convolve(problem, lhs, rhs);
      const sums = await accumulated(convolve, problem, lhs, rhs, 'float32');
      const bits = new Uint32Array(sums.data.buffer);
      return mapped(sums, 'bfloat16', (_, index) => fromBfloat16Bits(bits[index] >>> 16));
    },
  },
  'float16 rounded towards zero': {
    dtypes: ['float16'],
    async fault(convolve, problem, lhs, rhs) {
      if (problem.out.dtype !== 'float16') return convolve(problem, lhs, rhs);
      const sums = await accumulated(convolve, problem, lhs, rhs, 'float32');
      // 13 bits of a float32's fraction do not fit.
      const bits = new Uint32Array(sums.data.buffer);
      for (let index = 0; index < bits.length; index++) bits[index] &= 0xffffe000;
      return convert(sums, 'float16');
    },
  },
  'float64 computed in float32': {
    dtypes: ['float64'],
    fault: async (convolve, problem, lhs, rhs) =>
      problem.lhs.dtype === 'float64'
        ? convert(await recast(convolve, problem, lhs, rhs, 'float32', 'float32'), 'float64')
        : convolve(problem, lhs, rhs),
  },
  'float32 operands cut to bfloat16': {
    dtypes: ['float32'],
    fault: (convolve, problem, lhs, rhs) =>
      problem.lhs.dtype === 'float32' ? recast(convolve, problem, lhs, rhs, 'bfloat16', problem.out.dtype) : convolve(problem, lhs, rhs),
  },
  'bool added by XOR': {
    dtypes: ['bool'],
    fault: async (convolve, problem, lhs, rhs) =>
      problem.out.dtype === 'bool'
        ? mapped(await accumulated(convolve, problem, lhs, rhs, 'int32'), 'bool', (count) => Number(count) % 2)
        : convolve(problem, lhs, rhs),
  },
  'bool stored as a count': {
    dtypes: ['bool'],
    async fault(convolve, problem, lhs, rhs) {
      if (problem.out.dtype !== 'bool') return convolve(problem, lhs, rhs);
      const counts = await accumulated(convolve, problem, lhs, rhs, 'uint8');
      return { ...counts, dtype: 'bool' };
    },
  },
  'bool does not count': {
    dtypes: ['bool'],
    fault: async (convolve, problem, lhs, rhs) =>
      problem.lhs.dtype === 'bool'
        ? convert(await accumulated(convolve, problem, lhs, rhs, 'bool'), problem.out.dtype)
        : convolve(problem, lhs, rhs),
  },
  'bool AND OR the other way round': {
    dtypes: ['bool'],
    async fault(convolve, problem, lhs, rhs) {
      if (problem.out.dtype !== 'bool') return convolve(problem, lhs, rhs);
      const count = await accumulated(convolve, problem, lhs, rhs, 'int32');
      const taps = rhs.data.length / rhs.shape[problem.rhsSpec[0]];
      return mapped(count, 'bool', (value) => (Number(value) === taps ? 1 : 0));
    },
  },
  'sign of the imaginary part': {
    dtypes: COMPLEX,
    fault: async (convolve, problem, lhs, rhs) => conjugate(await convolve(problem, lhs, rhs)),
  },
  'complex rhs conjugated': { dtypes: COMPLEX, fault: (convolve, problem, lhs, rhs) => convolve(problem, lhs, conjugate(rhs)) },
  'complex product without cross terms': {
    dtypes: COMPLEX,
    async fault(convolve, problem, lhs, rhs) {
      if (DTYPES[problem.lhs.dtype].kind !== 'complex') return convolve(problem, lhs, rhs);
      const real = await convolve(problem, part(lhs, 0), part(rhs, 0));
      // (i·a)(i·b) = −ab: what should be subtracted from the real part lands in the imaginary one.
      const imaginary = await convolve(problem, part(lhs, 1), part(rhs, 1));
      return mapped(real, real.dtype, (value, index) => (index % 2 === 0 ? value : -Number(imaginary.data[index - 1])));
    },
  },
  'complex imaginary parts dropped': {
    dtypes: COMPLEX,
    fault: (convolve, problem, lhs, rhs) =>
      DTYPES[problem.lhs.dtype].kind === 'complex' ? convolve(problem, part(lhs, 0), part(rhs, 0)) : convolve(problem, lhs, rhs),
  },
};

/** A dtype that holds the sums of signed operands where `out` may not. */
function widerSigned(out: DType): DType {
  return DTYPES[out].kind === 'uint' ? 'int64' : out;
}
