/** The problems that contract tests run: one for each kind of kernel that a backend may have, small. */
import type { ConvProblem, DType } from '@laxconv/api/backend';
import { buildProblem, type DimensionParameters, type ProblemParameters } from '../../arbitraries/build-problem.ts';

const DIMENSION: DimensionParameters = { input: 5, kernel: 1, stride: 1, lhsDilation: 1, rhsDilation: 1, lo: 0, hi: 0, reversed: false };

const PLAIN = {
  groupKind: 'none',
  groups: 3,
  batch: 2,
  inFeatures: 2,
  outFeatures: 3,
  lhsLayout: 0,
  rhsLayout: 0,
  outLayout: 0,
  precision: 'default',
  method: 'auto',
} as const satisfies Partial<ProblemParameters>;

const SAME_3 = { ...DIMENSION, kernel: 3, lo: 1, hi: 1 };

/** 3×3 with padding, 1×1, depthwise, strided and dilated in other layouts, batch groups, a matrix product. */
export function contractProblems(dtype: DType, outDType: DType = dtype): ConvProblem[] {
  const base = { ...PLAIN, dtype, outDType };
  return [
    buildProblem({ ...base, dimensions: [{ ...SAME_3, input: 6 }, SAME_3] }),
    buildProblem({ ...base, dimensions: [DIMENSION, { ...DIMENSION, input: 3 }] }),
    buildProblem({ ...base, groupKind: 'feature', inFeatures: 1, outFeatures: 2, dimensions: [SAME_3, { ...SAME_3, stride: 2 }] }),
    buildProblem({
      ...base,
      lhsLayout: 2,
      rhsLayout: 3,
      outLayout: 2,
      dimensions: [{ ...DIMENSION, input: 7, kernel: 2, stride: 2, lhsDilation: 2, rhsDilation: 3, lo: -1, hi: 2, reversed: true }],
    }),
    buildProblem({ ...base, groupKind: 'batch', dimensions: [{ ...DIMENSION, kernel: 2 }] }),
    buildProblem({ ...base, dimensions: [] }),
  ];
}

/** A 1-D problem over this many elements: one batch, one feature. */
export function shortProblem(dtype: DType, input: number): ConvProblem {
  const dimensions = [{ ...DIMENSION, input, kernel: 2, lo: 1 }];
  return buildProblem({ ...PLAIN, batch: 1, inFeatures: 1, outFeatures: 1, dtype, outDType: dtype, dimensions });
}
