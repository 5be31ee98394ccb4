/**
 * The oracle's own geometry. The lhs is laid out as a real array, dilated, padded and cropped: X̃[batch, feature, …padded]; the rhs as
 * w[outFeature, tap], reversal done. An output element is then a gather at fixed offsets. (Backends walk strides and skip holes; the
 * two have no line in common.)
 */
import type { ConvProblem } from '@laxconv/api/backend';

/** A problem laid out. */
export interface OracleLayout {
  /** Elements of X̃, and of one of its feature planes. */
  readonly paddedLength: number;
  readonly planeLength: number;
  /** Sizes of a plane, per spatial dimension. */
  readonly plane: readonly number[];
  /** Where each lhs element (row-major) stands in X̃; −1 where it is cropped away. */
  readonly lhsAt: Int32Array;
  /** Where each rhs element (row-major) stands in w. */
  readonly rhsAt: Int32Array;
  /** Products in one output element's sum, holes included. */
  readonly taps: number;
  /** Features in one output element's sum; taps are feature-major. */
  readonly features: number;
  /** Distance in X̃ from a window's first element to each tap. */
  readonly tapAt: Int32Array;
  /** Where each window starts in a plane, and which output element (relative to its batch and feature) it makes. */
  readonly windowAt: Int32Array;
  readonly outputAt: Int32Array;
  readonly outputs: number;
  /** For each batch element and feature of the output: where its X̃ and w begin. */
  readonly rows: readonly OracleRow[];
}

/** The outputs of one batch element and feature. */
export interface OracleRow {
  readonly lhs: number;
  readonly rhs: number;
  readonly out: number;
}

const DROPPED = -(2 ** 40);

/** Lays `problem` out. */
export function layOut(problem: ConvProblem): OracleLayout {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, padding, lhsDilation, rhsDilation, windowReversal } = problem;
  const spatial = padding.map((_, dimension) => dimension);
  const input = spatial.map((d) => lhs.shape[lhsSpec[d + 2]]);
  const kernel = spatial.map((d) => rhs.shape[rhsSpec[d + 2]]);
  const plane = spatial.map((d) => (input[d] - 1) * lhsDilation[d] + 1 + padding[d][0] + padding[d][1]);
  const planeSteps = steps(plane);
  const planeLength = product(plane);
  const kernelSteps = steps(kernel);
  const kernelLength = product(kernel);
  const channels = lhs.shape[lhsSpec[1]];
  const features = rhs.shape[rhsSpec[1]];
  const taps = features * kernelLength;

  const inPlane = (d: number) => range(input[d], (i) => inside(padding[d][0] + i * lhsDilation[d], plane[d], planeSteps[d]));
  const lhsTables = [
    range(lhs.shape[lhsSpec[0]], (n) => n * channels * planeLength),
    range(channels, (c) => c * planeLength),
    ...spatial.map(inPlane),
  ];
  const inKernel = (d: number) => range(kernel[d], (k) => (windowReversal[d] ? kernel[d] - 1 - k : k) * kernelSteps[d]);
  const rhsTables = [range(rhs.shape[rhsSpec[0]], (o) => o * taps), range(features, (i) => i * kernelLength), ...spatial.map(inKernel)];
  const outSteps = steps(out.shape);

  return {
    paddedLength: lhs.shape[lhsSpec[0]] * channels * planeLength,
    planeLength,
    plane,
    lhsAt: sums(lhs.shape.map((_, axis) => lhsTables[lhsSpec.indexOf(axis)])),
    rhsAt: sums(rhs.shape.map((_, axis) => rhsTables[rhsSpec.indexOf(axis)])),
    taps,
    features,
    tapAt: sums([
      range(features, (i) => i * planeLength),
      ...spatial.map((d) => range(kernel[d], (k) => k * rhsDilation[d] * planeSteps[d])),
    ]),
    windowAt: sums(spatial.map((d) => range(out.shape[outSpec[d + 2]], (p) => p * problem.windowStrides[d] * planeSteps[d]))),
    outputAt: sums(spatial.map((d) => range(out.shape[outSpec[d + 2]], (p) => p * outSteps[outSpec[d + 2]]))),
    outputs: product(out.shape),
    rows: rowsOf(problem, channels, features, planeLength, taps, outSteps),
  };
}

/** Group j of the lhs (a block of features, or of the batch) meets block j of the rhs's output features. */
function rowsOf(
  problem: ConvProblem,
  channels: number,
  features: number,
  planeLength: number,
  taps: number,
  outSteps: readonly number[],
): OracleRow[] {
  const { out, outSpec, featureGroupCount, batchGroupCount } = problem;
  const [batch, outFeatures] = [out.shape[outSpec[0]], out.shape[outSpec[1]]];
  const rows: OracleRow[] = [];
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outFeatures; o++) {
      const featureGroup = Math.floor((o * featureGroupCount) / outFeatures);
      const batchGroup = Math.floor((o * batchGroupCount) / outFeatures);
      const plane = (batchGroup * batch + b) * channels + featureGroup * features;
      rows.push({ lhs: plane * planeLength, rhs: o * taps, out: b * outSteps[outSpec[0]] + o * outSteps[outSpec[1]] });
    }
  }
  return rows;
}

/** Calls `visit` for every output element with its window's first element in X̃, its first tap in w, and its row-major index. */
export function eachOutput(layout: OracleLayout, visit: (lhs: number, rhs: number, out: number) => void): void {
  const { rows, windowAt, outputAt } = layout;
  for (const row of rows) {
    for (let p = 0; p < windowAt.length; p++) visit(row.lhs + windowAt[p], row.rhs, row.out + outputAt[p]);
  }
}

/** Writes `values[i]` to `target[at[i]]` where that is not −1. */
export function scatter<T>(values: ArrayLike<T>, at: Int32Array, target: { [index: number]: T }): void {
  for (let i = 0; i < at.length; i++) if (at[i] >= 0) target[at[i]] = values[i];
}

/** Σ over axes of one table entry each, for all combinations in row-major order; −1 where an entry is DROPPED. */
export function sums(tables: readonly (readonly number[])[]): Int32Array {
  let result = [0];
  for (const table of tables) result = result.flatMap((sum) => table.map((entry) => sum + entry));
  return Int32Array.from(result, (sum) => (sum < 0 ? -1 : sum));
}

/** `entry` of 0 … count − 1. */
export function range(count: number, entry: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => entry(index));
}

function inside(position: number, size: number, step: number): number {
  return position >= 0 && position < size ? position * step : DROPPED;
}

function steps(shape: readonly number[]): number[] {
  return shape.map((_, axis) => product(shape.slice(axis + 1)));
}

/** The product of sizes. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
