/**
 * What the bounds of tiled and transforming kernels need: how large the inputs are that such a kernel mixes with an element's own.
 */
import type { ConvProblem } from '@laxconv/api/backend';
import { eachOutput, layOut, product, range, sums, type OracleLayout } from './layout.ts';
import type { FloatReference } from './evaluate.ts';

/**
 * Σ_c max|x_c| · Σ_k|w_c| of every output element, the maximum over all input windows of size `tile` that meet the element's window
 * (positions of the dilated and padded lhs).
 */
export function tileMagnitudes(problem: ConvProblem, reference: FloatReference, tile: readonly number[]): Float64Array {
  const { layout, rhsMagnitudes } = reference;
  const spans = problem.rhsSpec.slice(2).map((axis, d) => (problem.rhs.shape[axis] - 1) * problem.rhsDilation[d] + 1);
  const maxima = windowMaxima(reference.lhsMagnitudes, layout, spans, tile);
  const perFeature = layout.taps / layout.features;
  const kernels = range(rhsMagnitudes.length / perFeature, (row) => total(rhsMagnitudes, row * perFeature, perFeature));
  const result = new Float64Array(layout.outputs);
  eachOutput(layout, (lhs, rhs, out) => {
    for (let c = 0; c < layout.features; c++) result[out] += maxima[lhs + c * layout.planeLength] * kernels[rhs / perFeature + c];
  });
  return result;
}

/** For every position of X̃: the maximum over the window that starts there, widened by tile − 1 on both sides; one axis at a time. */
function windowMaxima(values: Float64Array, layout: OracleLayout, spans: readonly number[], tile: readonly number[]): Float64Array {
  let current = values;
  for (const [d, size] of layout.plane.entries()) {
    const step = product(layout.plane.slice(d + 1));
    const next = new Float64Array(current.length);
    for (let at = 0; at < current.length; at++) {
      const position = Math.floor(at / step) % size;
      const last = Math.min(size - 1, position + spans[d] + tile[d] - 2);
      let most = 0;
      for (let other = Math.max(0, position - tile[d] + 1); other <= last; other++)
        most = Math.max(most, current[at + (other - position) * step]);
      next[at] = most;
    }
    current = next;
  }
  return current;
}

/** Σ_c ‖x_c‖₂ · ‖w_c‖₂ of every output element, norms over the spatial axes; x as given, before any cropping. */
export function signalMagnitudes(problem: ConvProblem, reference: FloatReference, lhsModuli: Float64Array): Float64Array {
  const { layout, rhsMagnitudes } = reference;
  const [batch, channels] = [problem.lhs.shape[problem.lhsSpec[0]], problem.lhs.shape[problem.lhsSpec[1]]];
  const planes = problem.lhs.shape.map((size, axis) =>
    range(size, (i) => (axis === problem.lhsSpec[0] ? i * channels : axis === problem.lhsSpec[1] ? i : 0)),
  );
  const signals = norms(lhsModuli, sums(planes), batch * channels);
  const perFeature = layout.taps / layout.features;
  const kernels = norms(
    rhsMagnitudes,
    range(rhsMagnitudes.length, (index) => Math.floor(index / perFeature)),
    rhsMagnitudes.length / perFeature,
  );
  const result = new Float64Array(layout.outputs);
  eachOutput(layout, (lhs, rhs, out) => {
    const plane = Math.floor(lhs / layout.planeLength);
    for (let c = 0; c < layout.features; c++) result[out] += signals[plane + c] * kernels[rhs / perFeature + c];
  });
  return result;
}

/** ‖·‖₂ of each of `count` sets of values, of which `setOf` says to which one each value belongs; in parts of its largest, whose square may be out of range. */
function norms(values: Float64Array, setOf: ArrayLike<number>, count: number): Float64Array {
  const peaks = new Float64Array(count);
  values.forEach((value, index) => (peaks[setOf[index]] = Math.max(peaks[setOf[index]], value)));
  const squares = new Float64Array(count);
  values.forEach((value, index) => {
    if (value !== 0) squares[setOf[index]] += (value / peaks[setOf[index]]) ** 2;
  });
  return squares.map((square, set) => peaks[set] * Math.sqrt(square));
}

/** The transform length that a linear convolution of this problem needs: powers of two, at least 2 in all. */
export function transformLength(problem: ConvProblem): number {
  const { plane } = layOut(problem);
  const lengths = plane.map((size, d) => {
    const span = (problem.rhs.shape[problem.rhsSpec[d + 2]] - 1) * problem.rhsDilation[d] + 1;
    return 2 ** Math.ceil(Math.log2(size + span - 1));
  });
  return Math.max(2, product(lengths));
}

function total(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += values[i];
  return sum;
}
