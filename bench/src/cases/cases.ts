/** All cases, in the order they are run and shown. */
import type { BenchCase } from './bench-case.ts';
import { DTYPE_CASES, GRADIENT_CASES } from './gradient-cases.ts';
import { LAYER_CASES } from './layer-cases.ts';
import { NOTEBOOK_CASES } from './notebook-cases.ts';
import { OVERHEAD_CASES } from './overhead-cases.ts';
import { SIGNAL_CASES } from './signal-cases.ts';

export const CASES: readonly BenchCase[] = [
  ...SIGNAL_CASES,
  ...OVERHEAD_CASES,
  ...LAYER_CASES,
  ...GRADIENT_CASES,
  ...DTYPE_CASES,
  ...NOTEBOOK_CASES,
];
