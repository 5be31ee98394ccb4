/**
 * A convolution with everything implicit made explicit: dilations and padding become zeros that are there, reversal a flipped rhs,
 * layouts the canonical order. What is left is a window sliding over an array, which the BigInt reference does in the plainest way.
 */
import { allocate, DTYPES, sizeOf, type AnyTensor, type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { decoderOf, encoderOf } from '../../arbitraries/elements.ts';
import { inverse } from '../../arbitraries/permutation.ts';
import { eachPosition, indexOf } from './positions.ts';
import { dilate, flip, pad, permute } from './reindex.ts';

/** X̃: the lhs in canonical order, dilated, then padded or cropped. */
export function explicitLhs(problem: ConvProblem, lhs: AnyTensor): Tensor {
  let result = permute({ ...lhs, shape: problem.lhs.shape }, problem.lhsSpec);
  problem.padding.forEach(([lo, hi], d) => {
    result = pad(dilate(result, d + 2, problem.lhsDilation[d]), d + 2, lo, hi);
  });
  return result;
}

/** The rhs in canonical order, reversed where asked, dilated. */
export function explicitRhs(problem: ConvProblem, rhs: AnyTensor): Tensor {
  let result = permute({ ...rhs, shape: problem.rhs.shape }, problem.rhsSpec);
  problem.rhsDilation.forEach((dilation, d) => {
    if (problem.windowReversal[d]) result = flip(result, d + 2);
    result = dilate(result, d + 2, dilation);
  });
  return result;
}

/** The convolution of operands that hold integers (in any dtype), in BigInt arithmetic, rounded to the output's dtype once. */
export function bigintConvolution(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): Tensor {
  const x = explicitLhs(problem, lhs);
  const w = explicitRhs(problem, rhs);
  const shape = problem.outSpec.map((axis) => problem.out.shape[axis]);
  const { dtype } = problem.out;
  const { components } = DTYPES[dtype];
  const data = allocate(dtype, sizeOf(shape));
  const target: { [index: number]: number | bigint } = data;
  const encode = encoderOf(dtype);
  const [xs, ws] = [gaussian(x), gaussian(w)];
  eachPosition(shape, (position, index) => {
    const sum = sumAt(problem, { x, xs, w, ws }, position);
    for (let part = 0; part < components; part++) target[index * components + part] = encodeInteger(dtype, encode, sum[part]);
  });
  return permute({ dtype, shape, data: data }, inverse(problem.outSpec));
}

/** A complex integer. */
export type Gaussian = readonly [re: bigint, im: bigint];

interface Operands {
  readonly x: Tensor;
  readonly xs: readonly Gaussian[];
  readonly w: Tensor;
  readonly ws: readonly Gaussian[];
}

/** The elements of a tensor that holds integers. */
export function gaussian({ dtype, data }: Tensor): Gaussian[] {
  const decode = decoderOf(dtype);
  const numbers = Array.from(data as ArrayLike<number | bigint>, (element) => BigInt(decode(element)));
  if (DTYPES[dtype].components === 1) return numbers.map((re) => [re, 0n] as const);
  return Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[2 * index], numbers[2 * index + 1]] as const);
}

/** y[b, o, p] by the formula; b and o choose the group. */
function sumAt(problem: ConvProblem, { x, xs, w, ws }: Operands, [b, o, ...p]: readonly number[]): Gaussian {
  const { featureGroupCount, batchGroupCount, windowStrides } = problem;
  const [outFeatures, inFeatures, ...kernel] = w.shape;
  const group = Math.floor(o / (outFeatures / (featureGroupCount * batchGroupCount)));
  const batch = batchGroupCount > 1 ? group * (x.shape[0] / batchGroupCount) + b : b;
  const firstFeature = featureGroupCount > 1 ? group * inFeatures : 0;
  let re = 0n;
  let im = 0n;
  eachPosition([inFeatures, ...kernel], ([i, ...k]) => {
    const [a, c] = xs[indexOf(x.shape, [batch, firstFeature + i, ...k.map((tap, d) => p[d] * windowStrides[d] + tap)])];
    const [e, f] = ws[indexOf(w.shape, [o, i, ...k])];
    re += a * e - c * f;
    im += a * f + c * e;
  });
  return [re, im];
}

/** The array element of `dtype` for an exact integer: wrapped, or rounded once. */
export function encodeInteger(dtype: Tensor['dtype'], encode: (value: number | bigint) => number | bigint, sum: bigint): number | bigint {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'bool') return sum === 0n ? 0 : 1;
  if (kind === 'int') return encode(BigInt.asIntN(itemsize * 8, sum));
  if (kind === 'uint') return encode(BigInt.asUintN(itemsize * 8, sum));
  return encode(sum);
}
