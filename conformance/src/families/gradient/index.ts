/** The gradient family: pullbacks of the Vjp functions, by the adjoint identity and by definition, one test per law and dtype. */
import { DTYPE_NAMES } from '@laxconv/api/backend';
import type { ConformanceTest } from '../../suite/test.ts';
import { adjoint } from './adjoint.ts';
import { empty } from './empty.ts';
import { isDifferentiable } from './gradient-lab.ts';
import { products } from './products.ts';
import { pullbackTest } from './pullback-bench.ts';
import { PULLBACK_RULES } from './pullback-rules.ts';
import { transposeKernel } from './transpose-kernel.ts';

const LAWS = [adjoint, products, transposeKernel, empty];

/** All gradient tests. */
export function gradientTests(): ConformanceTest[] {
  return DTYPE_NAMES.flatMap((dtype) => [
    ...(isDifferentiable(dtype) ? LAWS.flatMap((law) => law(dtype)) : []),
    ...PULLBACK_RULES.filter(({ dtypes }) => dtypes(dtype)).map((rule) => pullbackTest(rule, dtype)),
  ]);
}
