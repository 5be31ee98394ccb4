/**
 * Both gradients by their definition. A result is a sum of products x·w; each product gives g·w to the gradient of its x and g·x to that
 * of its w. In BigInt arithmetic, by scattering: no convolution is run.
 */
import { allocate, DTYPES, sizeOf, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { inLayout } from '../../arbitraries/build-problem.ts';
import { decoderOf, encoderOf } from '../../arbitraries/elements.ts';
import { encodeInteger, gaussian, type Gaussian } from '../random/materialise.ts';
import { eachPosition, indexOf } from '../random/positions.ts';

/** The gradients of operands that hold integers, rounded to the result's dtype and then to the operands' own. */
export function sharedGradients(
  problem: ConvProblem,
  lhs: Tensor,
  rhs: Tensor,
  cotangent: Tensor,
): { readonly lhs: Tensor; readonly rhs: Tensor } {
  const [x, w, g] = [gaussian(lhs), gaussian(rhs), gaussian(cotangent)];
  const [dx, dw] = [zeros(x.length), zeros(w.length)];
  eachProduct(problem, (xAt, wAt, gAt) => {
    dx[xAt] = plusProduct(dx[xAt], g[gAt], w[wAt]);
    dw[wAt] = plusProduct(dw[wAt], g[gAt], x[xAt]);
  });
  const { dtype } = problem.out;
  return { lhs: rounded(dx, problem.lhs.shape, dtype, lhs.dtype), rhs: rounded(dw, problem.rhs.shape, dtype, rhs.dtype) };
}

/** Calls `visit` with the row-major indices of x, w and y for every product x·w of every element y. */
function eachProduct(problem: ConvProblem, visit: (x: number, w: number, y: number) => void): void {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount } = problem;
  const outSizes = outSpec.map((axis) => out.shape[axis]);
  const [outFeatures, ...window] = rhsSpec.map((axis) => rhs.shape[axis]);
  eachPosition(outSizes, ([b, o, ...p]) => {
    const group = Math.floor((o * featureGroupCount * batchGroupCount) / outFeatures);
    const batch = batchGroupCount > 1 ? group * outSizes[0] + b : b;
    const firstFeature = featureGroupCount > 1 ? group * window[0] : 0;
    const y = indexOf(out.shape, inLayout([b, o, ...p], outSpec));
    eachPosition(window, ([i, ...k]) => {
      const source = p.map((position, d) => sourceOf(problem, d, position, k[d]));
      if (source.includes(-1)) return;
      const xAt = indexOf(lhs.shape, inLayout([batch, firstFeature + i, ...source], lhsSpec));
      visit(xAt, indexOf(rhs.shape, inLayout([o, i, ...k], rhsSpec)), y);
    });
  });
}

/** Which lhs index output position `p` meets with weight `k` along spatial dimension `d`; −1 for padding and holes. */
function sourceOf(problem: ConvProblem, d: number, p: number, k: number): number {
  const { lhs, rhs, lhsSpec, rhsSpec, windowStrides, padding, lhsDilation, rhsDilation, windowReversal } = problem;
  const tap = windowReversal[d] ? rhs.shape[rhsSpec[d + 2]] - 1 - k : k;
  const position = p * windowStrides[d] + tap * rhsDilation[d] - padding[d][0];
  const isElement = position >= 0 && position % lhsDilation[d] === 0 && position / lhsDilation[d] < lhs.shape[lhsSpec[d + 2]];
  return isElement ? position / lhsDilation[d] : -1;
}

function zeros(count: number): Gaussian[] {
  return Array.from({ length: count }, (): Gaussian => [0n, 0n]);
}

/** No conjugate: a convolution is linear, not sesquilinear. */
function plusProduct([re, im]: Gaussian, [a, b]: Gaussian, [c, d]: Gaussian): Gaussian {
  return [re + a * c - b * d, im + a * d + b * c];
}

function rounded(sums: readonly Gaussian[], shape: readonly number[], through: DType, dtype: DType): Tensor {
  const { components } = DTYPES[dtype];
  const data = allocate(dtype, sizeOf(shape));
  const target: { [index: number]: number | bigint } = data;
  const [first, decode, second] = [encoderOf(through), decoderOf(through), encoderOf(dtype)];
  for (const [index, sum] of sums.entries()) {
    for (let part = 0; part < components; part++) {
      target[index * components + part] = second(decode(encodeInteger(through, first, sum[part])));
    }
  }
  return { dtype, shape: [...shape], data };
}
