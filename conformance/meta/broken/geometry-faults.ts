/** Mistakes in where a window lies: padding, strides, dilations, reversal, edges. Each reads a slightly different problem. */
import type { ConvProblem, Tensor } from '@laxconv/api/backend';
import { changed } from '../../src/families/random/change-problem.ts';
import { flip, pad, slice } from '../../src/families/random/reindex.ts';
import type { Fault } from './broken-backend.ts';

/** Runs another problem of the same shapes in place of the one asked for. */
function misread(change: (problem: ConvProblem) => Partial<ConvProblem>): Fault {
  return (convolve, problem, lhs, rhs) => convolve(changed(problem, change(problem)), lhs, rhs);
}

/** The result with everything from `size − count` on along the last spatial axis zeroed. */
function withoutEnd(problem: ConvProblem, result: Tensor, count: number): Tensor {
  const axis = problem.outSpec[problem.outSpec.length - 1];
  return pad(slice(result, axis, 0, result.shape[axis] - count), axis, 0, count);
}

export const GEOMETRY_FAULTS: Readonly<Record<string, Fault>> = {
  'padding off by one': misread(({ padding }) => ({ padding: padding.map(([lo, hi]) => [lo + 1, hi - 1] as const) })),
  'lo and hi of the padding swapped': misread(({ padding }) => ({ padding: padding.map(([lo, hi]) => [hi, lo] as const) })),
  'low padding of the last dimension ignored': misread(({ padding }) => ({
    padding: padding.map(([lo, hi], d) => (d === padding.length - 1 ? ([0, hi] as const) : ([lo, hi] as const))),
  })),
  'negative padding clamped at zero': misread(({ padding }) => ({
    padding: padding.map(([lo, hi]) => [Math.max(0, lo), Math.max(0, hi)] as const),
  })),
  'stride ignored along the last dimension': misread(({ windowStrides }) => ({
    windowStrides: windowStrides.map((stride, d) => (d === windowStrides.length - 1 ? 1 : stride)),
  })),
  'stride of the first dimension used for all': misread(({ windowStrides }) => ({
    windowStrides: windowStrides.map(() => windowStrides[0]),
  })),
  'window centred on the stride': misread(({ windowStrides, padding }) => ({
    padding: padding.map(([lo, hi], d) => [lo - Math.floor(windowStrides[d] / 2), hi] as const),
  })),
  'kernel flipped': misread(({ windowReversal }) => ({ windowReversal: windowReversal.map((reversed) => !reversed) })),
  'reversal ignored': misread(({ windowReversal }) => ({ windowReversal: windowReversal.map(() => false) })),
  'reversal of the first dimension only': misread(({ windowReversal }) => ({
    windowReversal: windowReversal.map((reversed, d) => d === 0 && reversed),
  })),
  'lhs cropped before it is dilated': misread(({ padding, lhsDilation }) => ({
    padding: padding.map(([lo, hi], d) => [lo < 0 ? lo * lhsDilation[d] : lo, hi] as const),
  })),
  'lhs dilation ignored': misread(({ lhsDilation }) => ({ lhsDilation: lhsDilation.map(() => 1) })),
  'rhs dilation ignored': misread(({ rhsDilation }) => ({ rhsDilation: rhsDilation.map(() => 1) })),
  'rhs dilation applied to the wrong dimension': misread(({ rhsDilation }) => ({ rhsDilation: rhsDilation.toReversed() })),
  'lhs and rhs dilation exchanged': misread(({ lhsDilation, rhsDilation }) => ({ lhsDilation: rhsDilation, rhsDilation: lhsDilation })),
  'last output column dropped for odd widths': async (convolve, problem, lhs, rhs) => {
    const result = await convolve(problem, lhs, rhs);
    const width = result.shape[problem.outSpec[problem.outSpec.length - 1]];
    return problem.outSpec.length > 2 && width % 2 === 1 && width > 1 ? withoutEnd(problem, result, 1) : result;
  },
  'output beyond a multiple of 4 columns left at zero': async (convolve, problem, lhs, rhs) => {
    const result = await convolve(problem, lhs, rhs);
    const width = result.shape[problem.outSpec[problem.outSpec.length - 1]];
    return problem.outSpec.length > 2 && width > 4 && width % 4 !== 0 ? withoutEnd(problem, result, width % 4) : result;
  },
  'output written back to front along one axis when reversed': async (convolve, problem, lhs, rhs) => {
    const result = await convolve(problem, lhs, rhs);
    return problem.windowReversal[0] ? flip(result, problem.outSpec[2]) : result;
  },
};
