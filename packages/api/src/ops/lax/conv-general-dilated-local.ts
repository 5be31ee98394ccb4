/**
 * `jax.lax.conv_general_dilated_local`: a kernel of its own at every output position. Patches with the positions in front of the
 * features, then one matrix product per position: a convolution without spatial dimensions whose feature groups are the positions.
 * Mirrors jax/_src/lax/other.py.
 */
import type { ConvStep, Operation } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import { frozenUnlessEmpty } from '../../problem/freeze-problem.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { higherPrecision } from '../../resolve/dtype-rules.ts';
import { isAlgorithmName, resolvePrecision } from '../../resolve/precision.ts';
import type { DType } from '../../tensor/dtype.ts';
import { rowMajorStrides } from '../../tensor/strides.ts';
import { describe } from '../../tensor/describe.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import { castView, transposedView } from '../../tensor/view.ts';
import { patchNumbers, patchStep } from './conv-general-dilated-patches.ts';

const op = 'lax.convGeneralDilatedLocal';

/** Two steps: patches, then a matrix product at every position. */
export const convGeneralDilatedLocal: Operation = {
  signature: {
    op,
    operands: ['lhs', 'rhs'],
    required: ['windowStrides', 'padding', 'filterShape'],
    optional: [],
    options: ['lhsDilation', 'rhsDilation', 'dimensionNumbers', 'precision'],
  },
  resolve([lhs, rhs], args) {
    const precision = resolvePrecision(op, args.precision);
    if (isAlgorithmName(args.precision)) {
      throw refuse('local/precision', `precision must be a level's name, a pair of these or null, got ${describe(args.precision)}`, {
        op,
        argument: 'precision',
        values: { precision: args.precision },
      });
    }
    const numbers = patchNumbers(op, lhs, args);
    const { lhsSpec, rhsSpec, outSpec } = numbers;
    // What JAX refuses of the patches in the caller's layouts, it refuses before it looks at the kernel.
    patchStep(op, lhs, args, numbers, () => undefined);

    // Patches as [N, …positions, C·taps], so that positions and features lie side by side.
    const rank = lhs.shape.length;
    const positionsFirst = [0, rank - 1, ...outSpec.slice(2).map((_, d) => d + 1)];
    const patches = patchStep(op, lhs, args, { lhsSpec, rhsSpec, outSpec: positionsFirst }, () => undefined);
    const [batch] = patches.out.shape;
    const positions = patches.out.shape.slice(1, -1);
    const patchSize = patches.out.shape[rank - 1];

    const dtype = higherPrecision(lhs.dtype, rhs.dtype);
    const kernel = localKernel(rhs, rhsSpec, positions, patchSize, dtype);
    const count = sizeOf(positions);
    const features = sizeOf(kernel.freeSizes);
    const rows: TensorSpec = { shape: [batch, count * patchSize], dtype };
    const axes = [0, 1];
    const problem = frozenUnlessEmpty({
      lhs: rows,
      rhs: { shape: [count * features, patchSize], dtype },
      out: { shape: [batch, count * features], dtype },
      lhsSpec: axes,
      rhsSpec: axes,
      outSpec: axes,
      windowStrides: [],
      padding: [],
      lhsDilation: [],
      rhsDilation: [],
      windowReversal: [],
      featureGroupCount: count,
      batchGroupCount: 1,
      precision,
      method: 'auto',
    });

    const result = resultLayout(batch, positions, kernel.freeSizes, outSpec);
    const step: ConvStep = {
      problem,
      lhs: { from: 'step', index: 0, ...(lhs.dtype === dtype ? {} : { view: castView(rows.shape, dtype) }) },
      rhs: { from: 'operand', index: 1, view: kernel.view },
      out: { shape: result.shape, dtype },
      view: { ...result, offset: 0, dtype, conjugate: false },
    };
    return { steps: [patches, step] };
  },
};

/** The kernel read as [positions, …free axes, patch] in `dtype`: the free axes are the output feature, and any that the layout does not name. */
function localKernel(rhs: TensorSpec, rhsSpec: readonly number[], positions: readonly number[], patchSize: number, dtype: DType) {
  const [, patchAxis, ...positionAxes] = rhsSpec;
  const rhsShape = rhs.shape;
  const missing = rhsSpec.find((axis) => rhs.shape[axis] === undefined && (axis === patchAxis || positionAxes.includes(axis)));
  if (missing !== undefined) {
    throw refuse('local/rank', `rhs must have axis ${missing}, which its layout names, got shape [${rhs.shape.join(', ')}]`, {
      op,
      argument: 'rhs',
      values: { rhsShape, axis: missing },
    });
  }
  const sizes = positionAxes.map((axis) => rhs.shape[axis]);
  if (sizes.some((size, d) => size !== positions[d])) {
    throw refuse(
      'local/spatial',
      `the spatial sizes of rhs must be those of the result, [${positions.join(', ')}], got [${sizes.join(', ')}] in shape [${rhs.shape.join(', ')}]`,
      {
        op,
        argument: 'rhs',
        values: { rhsShape, positions },
      },
    );
  }
  if (rhs.shape[patchAxis] !== patchSize) {
    throw refuse(
      'local/features',
      `the input features of rhs must be lhs features × filter elements = ${patchSize}, got ${rhs.shape[patchAxis]} in shape [${rhs.shape.join(', ')}]`,
      {
        op,
        argument: 'rhs',
        values: { rhsShape, patchSize },
      },
    );
  }
  const freeAxes = [...rhs.shape.keys()].filter((axis) => axis !== patchAxis && !positionAxes.includes(axis));
  return {
    freeSizes: freeAxes.map((axis) => rhs.shape[axis]),
    view: transposedView(rhs.shape, [...positionAxes, ...freeAxes, patchAxis], dtype),
  };
}

/**
 * The result in the caller's layout, read from [N, …positions, …free]. JAX has the positions in the physical order of out, then N, then
 * the free axes, and moves the last two of these to where out has batch and feature.
 */
function resultLayout(batch: number, positions: readonly number[], free: readonly number[], outSpec: readonly number[]) {
  const strides = rowMajorStrides([batch, ...positions, ...free]);
  const axisOf = (index: number): Axis => ({ size: [batch, ...positions, ...free][index], stride: strides[index] });
  const spatial = outSpec.slice(2);
  const byPhysicalOrder = spatial.map((axis, d) => ({ axis, index: d + 1 })).sort((a, b) => a.axis - b.axis);
  const ordered = [
    ...byPhysicalOrder.map(({ index }) => axisOf(index)),
    axisOf(0),
    ...free.map((_, f) => axisOf(1 + positions.length + f)),
  ];
  const rank = ordered.length;
  if (rank < 2 || Math.max(outSpec[0], outSpec[1]) >= rank) {
    throw refuse(
      'local/result',
      `the result has ${rank} dimensions, as rhs has no axis for its features, but its layout puts batch and features at ${describe(outSpec.slice(0, 2))} of ${describe(outSpec)}`,
      {
        op,
        argument: 'rhs',
        values: { outSpec, rank },
      },
    );
  }
  const [batchAxis, featureAxis] = ordered.splice(-2);
  const axes = new Array<Axis | undefined>(ordered.length + 2).fill(undefined);
  axes[outSpec[0]] = batchAxis;
  axes[outSpec[1]] = featureAxis;
  const filled = axes.map((axis) => axis ?? (ordered.shift() as Axis));
  return { shape: filled.map(({ size }) => size), strides: filled.map(({ stride }) => stride) };
}

interface Axis {
  readonly size: number;
  readonly stride: number;
}
