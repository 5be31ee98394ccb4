/** Addresses by the geometry's strides equal addresses by index arithmetic, on random layouts, groups and reversals. */
import { describe, expect, test } from 'vitest';
import { resolveConv } from '../resolve/conv.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { rowMajorStrides } from '../tensor/strides.ts';
import { convGeometry, type OperandStrides } from './geometry.ts';
import type { ConvProblem } from './problem.ts';

/** A small linear congruential generator: the cases are the same on every run. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shuffled(count: number, below: (limit: number) => number): number[] {
  const axes = Array.from({ length: count }, (_, axis) => axis);
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1);
    [axes[last], axes[other]] = [axes[other], axes[last]];
  }
  return axes;
}

/** Sizes in the order (batch, feature, …spatial) put where `spec` says. */
function inLayout(sizes: readonly number[], spec: readonly number[]): number[] {
  const shape = new Array<number>(sizes.length);
  for (const [index, axis] of spec.entries()) shape[axis] = sizes[index];
  return shape;
}

function randomProblem(seed: number): ConvProblem {
  const below = randomIntegers(seed);
  const rank = below(4);
  const group = 1 + below(3);
  const [featureGroupCount, batchGroupCount] = below(2) === 0 ? [group, 1] : [1, group];
  const features = 1 + below(3);
  const [lhsSpec, rhsSpec, outSpec] = [0, 1, 2].map(() => shuffled(rank + 2, below));
  const sizes = (least: number): number[] => Array.from({ length: rank }, () => least + below(3));
  const lhs = inLayout([(1 + below(2)) * batchGroupCount, features * featureGroupCount, ...sizes(4)], lhsSpec);
  const rhs = inLayout([(1 + below(3)) * group, features, ...sizes(1)], rhsSpec);
  const { problem } = resolveConv(
    'lax.conv',
    { shape: lhs, dtype: 'float32' },
    { shape: rhs, dtype: 'float32' },
    {
      windowStrides: sizes(1),
      padding: sizes(0).map((low) => [low - 1, low]),
      lhsDilation: sizes(1),
      dimensionNumbers: { lhsSpec, rhsSpec, outSpec },
      featureGroupCount,
      batchGroupCount,
    },
    { windowReversal: sizes(0).map((bit) => bit % 2 === 1) },
  );
  return problem ?? randomProblem(seed + 1);
}

/** Where element (outer, inner, …spatial) of a layout lies. */
function address(shape: readonly number[], spec: readonly number[], index: readonly number[]): number {
  const strides = rowMajorStrides(shape);
  return spec.reduce((sum, axis, position) => sum + strides[axis] * index[position], 0);
}

function byStrides({ offset, group, outer, inner, spatial }: OperandStrides, index: readonly number[]): number {
  const [g, o, i, ...position] = index;
  return offset + g * group + o * outer + i * inner + spatial.reduce((sum, stride, d) => sum + stride * position[d], 0);
}

/** All index tuples below `sizes`. */
function tuples(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>((all, size) => all.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])), [[]]);
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('random problem %i', (seed) => {
  const problem = randomProblem(seed);
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount, windowReversal } = problem;
  const geometry = convGeometry(problem);
  const { groups, batch, inFeatures, outFeatures, spatial } = geometry;
  const isBatchGrouped = batchGroupCount > 1;

  test('extents cover the operands', () => {
    expect(groups).toBe(featureGroupCount * batchGroupCount);
    expect(sizeOf([batchGroupCount, batch, featureGroupCount, inFeatures, ...spatial.map(({ input }) => input)])).toBe(sizeOf(lhs.shape));
    expect(sizeOf([groups, outFeatures, inFeatures, ...spatial.map(({ kernel }) => kernel)])).toBe(sizeOf(rhs.shape));
    expect(sizeOf([batch, groups, outFeatures, ...spatial.map(({ output }) => output)])).toBe(sizeOf(out.shape));
    expect(geometry.reductionLength).toBe(sizeOf([inFeatures, ...spatial.map(({ kernel }) => kernel)]));
  });

  test('lhs: a group is a block of features, or of the batch', () => {
    for (const index of tuples([groups, batch, inFeatures, ...spatial.map(({ input }) => input)])) {
      const [g, b, i, ...position] = index;
      const whole = isBatchGrouped ? [g * batch + b, i] : [b, g * inFeatures + i];
      expect(byStrides(geometry.lhs, index)).toBe(address(lhs.shape, lhsSpec, [...whole, ...position]));
    }
  });

  test('rhs: a group is a block of output features; a reversed dimension is read backwards', () => {
    for (const index of tuples([groups, outFeatures, inFeatures, ...spatial.map(({ kernel }) => kernel)])) {
      const [g, o, i, ...position] = index;
      const tap = position.map((k, d) => (windowReversal[d] ? spatial[d].kernel - 1 - k : k));
      expect(byStrides(geometry.rhs, index)).toBe(address(rhs.shape, rhsSpec, [g * outFeatures + o, i, ...tap]));
    }
  });

  test('out: a group is a block of features', () => {
    for (const index of tuples([groups, batch, outFeatures, ...spatial.map(({ output }) => output)])) {
      const [g, b, o, ...position] = index;
      expect(byStrides(geometry.out, index)).toBe(address(out.shape, outSpec, [b, g * outFeatures + o, ...position]));
    }
  });
});

test('a spatial dimension carries its own numbers', () => {
  const { problem } = resolveConv(
    'lax.conv',
    { shape: [1, 1, 5, 6], dtype: 'int8' },
    { shape: [1, 1, 2, 3], dtype: 'int8' },
    {
      windowStrides: [1, 2],
      padding: [
        [-1, 2],
        [3, 4],
      ],
      lhsDilation: [2, 1],
      rhsDilation: [1, 3],
      dimensionNumbers: ['NCHW', 'OIHW', 'NCHW'],
    },
  );
  expect(convGeometry(problem as ConvProblem).spatial).toEqual([
    { input: 5, kernel: 2, output: 9, stride: 1, padLow: -1, padHigh: 2, lhsDilation: 2, rhsDilation: 1 },
    { input: 6, kernel: 3, output: 4, stride: 2, padLow: 3, padHigh: 4, lhsDilation: 1, rhsDilation: 3 },
  ]);
});

test('row-major strides', () => {
  expect(rowMajorStrides([2, 3, 4])).toEqual([12, 4, 1]);
  expect(rowMajorStrides([])).toEqual([]);
});
