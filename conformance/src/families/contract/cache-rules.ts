/** Rules about caches: problems that differ in exactly one field, one after the other on one backend and on one instance. */
import { laxconvOn } from '@laxconv/api';
import { DTYPES, isUnsupportedProblem, type Backend, type ConvPlan, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { buildProblem } from '../../arbitraries/build-problem.ts';
import { fillTensor } from '../../arbitraries/fill.ts';
import { outDTypesOf } from '../../arbitraries/out-dtypes.ts';
import type { TestContext } from '../../suite/test.ts';
import { changed, resized } from '../random/change-problem.ts';
import { argumentsOf, callPublicly } from './public-call.ts';
import { run, verify, type ContractRule, type Prepared } from './workbench.ts';

/**
 * Sizes and slack such that any one field can change and leave a valid problem: every axis of lhs and rhs has size 2, and the windows,
 * 4 apart, leave room for a larger window, input, padding or stride. The middle window covers the whole input, so each change shows.
 */
function keyedProblem(dtype: DType): ConvProblem {
  const dimension = { input: 2, kernel: 2, stride: 4, lhsDilation: 1, rhsDilation: 1, lo: 4, hi: 6, reversed: false };
  return buildProblem({
    dtype,
    outDType: dtype,
    groupKind: 'none',
    groups: 1,
    batch: 2,
    inFeatures: 2,
    outFeatures: 2,
    dimensions: [dimension, dimension],
    lhsLayout: 0,
    rhsLayout: 0,
    outLayout: 0,
    precision: 'default',
    method: 'auto',
  });
}

type Variation = readonly [field: string, problem: ConvProblem];

/** The same problem with one field changed (two where the rules tie them), each along each dimension. */
function variations(base: ConvProblem): Variation[] {
  const { dtype } = base.lhs;
  const spatial = [0, 1].flatMap((d): Variation[] => [
    [`windowStrides[${d}]`, changed(base, { windowStrides: base.windowStrides.with(d, 5) })],
    [`padding[${d}]`, changed(base, { padding: base.padding.with(d, [5, 5]) })],
    [`padding[${d}][0]`, changed(base, { padding: base.padding.with(d, [5, 6]) })],
    [`lhsDilation[${d}]`, changed(base, { lhsDilation: base.lhsDilation.with(d, 2) })],
    [`rhsDilation[${d}]`, changed(base, { rhsDilation: base.rhsDilation.with(d, 2) })],
    [`windowReversal[${d}]`, changed(base, { windowReversal: base.windowReversal.with(d, true) })],
    [`lhs.shape[${d + 2}]`, changed(base, { lhs: resized(base.lhs, d + 2, 3) })],
    [`rhs.shape[${d + 2}]`, changed(base, { rhs: resized(base.rhs, d + 2, 3) })],
  ]);
  const layouts: Variation[] = [
    ['lhsSpec', changed(base, { lhsSpec: [1, 0, 2, 3] })],
    ['lhsSpec', changed(base, { lhsSpec: [0, 2, 1, 3] })],
    ['lhsSpec', changed(base, { lhsSpec: [0, 1, 3, 2] })],
    ['rhsSpec', changed(base, { rhsSpec: [1, 0, 2, 3] })],
    ['rhsSpec', changed(base, { rhsSpec: [0, 1, 3, 2] })],
    ['outSpec', changed(base, { outSpec: [1, 0, 2, 3] })],
    ['outSpec', changed(base, { outSpec: [0, 1, 3, 2] })],
  ];
  const groups: Variation[] = [
    ['featureGroupCount', changed(base, { featureGroupCount: 2, rhs: resized(base.rhs, 1, 1) })],
    ['batchGroupCount', changed(base, { batchGroupCount: 2, out: resized(base.out, 0, 1) })],
    ['lhs.shape[0]', changed(base, { lhs: resized(base.lhs, 0, 3), out: resized(base.out, 0, 3) })],
    ['rhs.shape[0]', changed(base, { rhs: resized(base.rhs, 0, 3), out: resized(base.out, 1, 3) })],
  ];
  const dtypes = outDTypesOf(dtype)
    .slice(1)
    .map((out): Variation => ['out.dtype', changed(base, { out: { ...base.out, dtype: out } })]);
  const other: DType = dtype === 'float32' ? 'int32' : 'float32';
  const operands: Variation = [
    'dtype',
    changed(base, Object.fromEntries(['lhs', 'rhs', 'out'].map((side) => [side, { ...base[side as 'lhs'], dtype: other }]))),
  ];
  const levels: Variation[] = [
    ['precision', changed(base, { precision: 'highest' })],
    ['precision', changed(base, { precision: 'high' })],
    ['method', changed(base, { method: 'direct' })],
    ['method', changed(base, { method: 'fft' })],
  ];
  return [...spatial, ...layouts, ...groups, ...dtypes, operands, ...levels];
}

function operandsOf(problem: ConvProblem): { lhs: Tensor; rhs: Tensor } {
  const { kind } = DTYPES[problem.lhs.dtype];
  const style = kind === 'bool' ? 'small' : 'medium';
  return { lhs: fillTensor(problem.lhs, { style, seed: 7 }), rhs: fillTensor(problem.rhs, { style, seed: 8 }) };
}

/** Runs base, variation, base for every variation; what is refused is passed over, unless it is the base. */
async function alternate(base: ConvProblem, runOne: (problem: ConvProblem, what: string) => Promise<void>): Promise<void> {
  await runOne(base, 'the first problem');
  for (const [field, problem] of variations(base)) {
    try {
      await runOne(problem, `a problem that differs from an earlier one in ${field}`);
    } catch (error) {
      if (!isUnsupportedProblem(error)) throw error;
    }
    await runOne(base, `the first problem again, after one that differs in ${field}`);
  }
}

async function backendKeys(context: TestContext, base: ConvProblem): Promise<void> {
  const plans: ConvPlan[] = [];
  await alternate(base, async (problem, what) => {
    const { lhs, rhs } = operandsOf(problem);
    const plan = await context.backend.prepare(problem);
    plans.push(plan);
    const prepared: Prepared = { problem, plan, bound: await plan.bindRhs(rhs), lhs, rhs };
    verify(context, prepared, lhs, rhs, await run(prepared.bound, lhs), what);
    await prepared.bound.dispose();
  });
  // Kept until now: a cache that forgets what is disposed of would go untested.
  for (const plan of plans) await plan.dispose();
}

async function instanceKeys(context: TestContext, base: ConvProblem): Promise<void> {
  const backend: Backend = await context.createBackend();
  const instance = laxconvOn(backend);
  try {
    await alternate(base, async (problem, what) => {
      if (argumentsOf(problem) === undefined) return;
      const { lhs, rhs } = operandsOf(problem);
      const plan = await backend.prepare(problem);
      verify(context, { problem, plan }, lhs, rhs, await callPublicly(instance, problem, lhs, rhs), `lax.convGeneralDilated, ${what}`);
      await plan.dispose();
    });
  } finally {
    await instance.dispose();
    await backend.dispose();
  }
}

const keyed = (dtype: DType): ConvProblem[] => [keyedProblem(dtype)];

/** The rules about caches. */
export const CACHE_RULES: readonly ContractRule[] = [
  {
    name: 'cache-keys/backend',
    about: 'On one backend, problems that differ in one field only are not taken for each other.',
    problems: keyed,
    check: backendKeys,
  },
  {
    name: 'cache-keys/instance',
    about: 'On one instance, calls that differ in one argument only are not taken for each other.',
    problems: keyed,
    check: instanceKeys,
  },
];
