/**
 * The two gradients of a convolution, as convolutions. Mirrors `_conv_general_dilated_transpose_lhs` and `_rhs` in
 * jax/_src/lax/convolution.py. A convolution is linear in each operand; no conjugate is taken for complex dtypes.
 */
import type { ConvStep } from '../../call/resolution.ts';
import { freezeProblem } from '../../problem/freeze-problem.ts';
import type { ConvProblem, TensorSpec } from '../../problem/problem.ts';
import { dilate } from '../../problem/sizes.ts';
import type { DType } from '../../tensor/dtype.ts';
import { rowMajorStrides } from '../../tensor/strides.ts';
import { castView, type View } from '../../tensor/view.ts';

/** The operands of a gradient step: those of the forward convolution, then the cotangent of its result. */
const LHS = 0;
const RHS = 1;
const COTANGENT = 2;

/** The size of an axis and the distance between its elements. */
interface Axis {
  readonly size: number;
  readonly stride: number;
}

/**
 * The cotangent of the lhs: the cotangent of the result, dilated by the strides, convolved with the reversed kernel whose feature axes
 * changed roles.
 */
export function lhsCotangent(forward: ConvProblem): ConvStep {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount } = forward;
  const groups = Math.max(featureGroupCount, batchGroupCount);
  const [outFeatureAxis, inFeatureAxis] = rhsSpec;
  const kernel = groups === 1 ? undefined : groupsIntoInFeatures(rhs, outFeatureAxis, inFeatureAxis, groups, out.dtype);
  const dims = dilatedSizes(forward);

  // With batch groups the groups come out in the features, and go back to the front of the batch.
  const [batchAxis, featureAxis] = lhsSpec;
  const resultShape = [...lhs.shape];
  resultShape[batchAxis] /= batchGroupCount;
  resultShape[featureAxis] *= batchGroupCount;
  const result: TensorSpec = { shape: resultShape, dtype: out.dtype };
  const view =
    batchGroupCount > 1
      ? groupsOutOf(resultShape, featureAxis, batchAxis, batchGroupCount, lhs.dtype)
      : castIfNeeded(lhs.shape, out.dtype, lhs.dtype);

  return {
    problem: freezeProblem({
      ...forward,
      lhs: out,
      rhs: { shape: kernel?.shape ?? rhs.shape, dtype: out.dtype },
      out: result,
      lhsSpec: outSpec,
      rhsSpec: exchanged(rhsSpec),
      outSpec: lhsSpec,
      windowStrides: forward.lhsDilation,
      padding: dims.map(({ input, window, output, lo }): [number, number] => {
        const before = window - lo - 1;
        return [before, input + window - 1 - output - before];
      }),
      lhsDilation: forward.windowStrides,
      windowReversal: forward.windowReversal.map((reversed) => !reversed),
      featureGroupCount: groups,
      batchGroupCount: 1,
    }),
    lhs: { from: 'operand', index: COTANGENT },
    rhs: { from: 'operand', index: RHS, ...optional(kernel?.view ?? castIfNeeded(rhs.shape, rhs.dtype, out.dtype)) },
    out: lhs,
    ...optional(view),
  };
}

/** The cotangent of the rhs: the lhs convolved with the cotangent of the result, features and batch exchanged; feature groups become batch groups. */
export function rhsCotangent(forward: ConvProblem): ConvStep {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount, windowReversal } = forward;
  const isReversed = windowReversal.includes(true);
  const view = isReversed ? reversedView(rhs, rhsSpec.slice(2), windowReversal) : castIfNeeded(rhs.shape, out.dtype, rhs.dtype);
  return {
    problem: freezeProblem({
      ...forward,
      lhs: { shape: lhs.shape, dtype: out.dtype },
      rhs: out,
      out: { shape: rhs.shape, dtype: out.dtype },
      lhsSpec: exchanged(lhsSpec),
      rhsSpec: exchanged(outSpec),
      outSpec: exchanged(rhsSpec),
      windowStrides: forward.rhsDilation,
      padding: dilatedSizes(forward).map(({ input, window, output, lo }): [number, number] => [lo, output - input + window - lo - 1]),
      rhsDilation: forward.windowStrides,
      windowReversal: windowReversal.map(() => false),
      featureGroupCount: batchGroupCount,
      batchGroupCount: featureGroupCount,
    }),
    lhs: { from: 'operand', index: LHS, ...optional(castIfNeeded(lhs.shape, lhs.dtype, out.dtype)) },
    rhs: { from: 'operand', index: COTANGENT },
    out: rhs,
    ...optional(view),
  };
}

/** (feature, batch, …spatial) of (batch, feature, …spatial). */
function exchanged([first, second, ...spatial]: readonly number[]): number[] {
  return [second, first, ...spatial];
}

/** Per spatial dimension: the dilated sizes of input, window and strided output, and the low padding. */
function dilatedSizes(problem: ConvProblem) {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, lhsDilation, rhsDilation, windowStrides, padding } = problem;
  return padding.map(([lo], d) => ({
    input: dilate(lhs.shape[lhsSpec[d + 2]], lhsDilation[d]),
    window: dilate(rhs.shape[rhsSpec[d + 2]], rhsDilation[d]),
    output: dilate(out.shape[outSpec[d + 2]], windowStrides[d]),
    lo,
  }));
}

function castIfNeeded(shape: readonly number[], from: DType, to: DType): View | undefined {
  return from === to ? undefined : castView(shape, to);
}

function optional(view: View | undefined): { view?: View } {
  return view === undefined ? {} : { view };
}

function axesOf(shape: readonly number[]): Axis[] {
  const strides = rowMajorStrides(shape);
  return shape.map((size, axis) => ({ size, stride: strides[axis] }));
}

function viewOf(axes: readonly Axis[], dtype: DType): View {
  return { shape: axes.map(({ size }) => size), strides: axes.map(({ stride }) => stride), offset: 0, dtype, conjugate: false };
}

/** Moves the groups from axis `from`, where they are the outer factor, to be the outer factor of axis `into`; reads a tensor of `shape`. */
function groupsOutOf(shape: readonly number[], from: number, into: number, groups: number, dtype: DType): View {
  const axes = axesOf(shape);
  const { size, stride } = axes[from];
  const group: Axis = { size: groups, stride: (size / groups) * stride };
  return viewOf(
    axes.flatMap((axis, index) => {
      if (index === from) return [{ size: size / groups, stride }];
      return index === into ? [group, axis] : [axis];
    }),
    dtype,
  );
}

/** The kernel [O, I] as [O / G, G · I], cast to `dtype`. */
function groupsIntoInFeatures(rhs: TensorSpec, outFeatureAxis: number, inFeatureAxis: number, groups: number, dtype: DType) {
  const shape = [...rhs.shape];
  shape[outFeatureAxis] /= groups;
  shape[inFeatureAxis] *= groups;
  return { shape, view: groupsOutOf(rhs.shape, outFeatureAxis, inFeatureAxis, groups, dtype) };
}

/** Reads a tensor like `spec` backwards along the reversed spatial axes. */
function reversedView({ shape, dtype }: TensorSpec, spatialAxes: readonly number[], reversal: readonly boolean[]): View {
  const axes = axesOf(shape);
  let offset = 0;
  for (const [d, axis] of spatialAxes.entries()) {
    if (!reversal[d]) continue;
    offset += (axes[axis].size - 1) * axes[axis].stride;
    axes[axis] = { size: axes[axis].size, stride: -axes[axis].stride };
  }
  return { ...viewOf(axes, dtype), offset };
}
