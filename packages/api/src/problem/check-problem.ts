/** What backends need not look at: that a problem's members are what their types say, and agree with each other. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { isDType } from '../tensor/dtype.ts';
import type { ConvProblem, Method, Precision } from './problem.ts';
import { brokenByResult } from './result-dtype.ts';
import { dilate, positions } from './sizes.ts';

/** @throws LaxconvTypeError (`backend/problem`) on what is no ConvProblem; it names the member. */
export function checkProblem(op: string, given: ConvProblem): void {
  check(op, 'problem', given, isObject(given), 'a ConvProblem');
  for (const [name, { is, what }] of Object.entries(MEMBERS)) {
    const member: unknown = given[name as keyof ConvProblem];
    check(op, `problem.${name}`, member, is(member), what);
  }
  checkAgreement(op, given);
}

function checkAgreement(op: string, problem: ConvProblem): void {
  const { lhs, rhs, out, featureGroupCount, batchGroupCount } = problem;
  const rank = lhs.shape.length;
  for (const name of ['rhs', 'out'] as const) {
    const { shape } = problem[name];
    check(op, `problem.${name}`, shape, shape.length === rank, `of lhs's rank, ${rank}`);
  }
  check(op, 'problem.rhs', rhs.dtype, rhs.dtype === lhs.dtype, `of lhs's dtype, ${lhs.dtype}`);
  for (const name of ['lhsSpec', 'rhsSpec', 'outSpec'] as const) {
    const axes = new Set(problem[name]);
    const isPermutation = rank >= 2 && problem[name].length === rank && problem[name].every((_, axis) => axes.has(axis));
    check(op, `problem.${name}`, problem[name], isPermutation, `the ${rank} axes in some order, two of them at least`);
  }
  for (const name of ['windowStrides', 'padding', 'lhsDilation', 'rhsDilation', 'windowReversal'] as const) {
    check(op, `problem.${name}`, problem[name], problem[name].length === rank - 2, `of ${rank - 2} spatial dimensions`);
  }
  check(op, 'problem.out', out.dtype, brokenByResult(lhs.dtype, out.dtype) === undefined, `of a dtype that ${lhs.dtype} may give`);
  const [batch, inFeatures] = problem.lhsSpec.map((axis) => lhs.shape[axis]);
  const [outFeatures, kernelFeatures] = problem.rhsSpec.map((axis) => rhs.shape[axis]);
  const isOne = featureGroupCount === 1 || batchGroupCount === 1;
  check(op, 'problem.batchGroupCount', batchGroupCount, isOne, `1 where featureGroupCount is ${featureGroupCount}`);
  check(op, 'problem.batchGroupCount', batchGroupCount, batch % batchGroupCount === 0, `a divisor of the batch, ${batch}`);
  const features = kernelFeatures * featureGroupCount;
  check(op, 'problem.rhs', rhs.shape, inFeatures === features, `such that lhs has ${features} features in ${featureGroupCount} groups`);
  const counted = [batch / batchGroupCount, outFeatures, ...Array.from({ length: rank - 2 }, (_, d) => resultSize(problem, d))];
  const isResult = problem.outSpec.every((axis, index) => out.shape[axis] === counted[index]);
  check(op, 'problem.out', out.shape, isResult, `the result's: [${counted.join(', ')}] in the order batch, feature, spatial dimensions`);
  for (const [name, count] of Object.entries({ featureGroupCount, batchGroupCount })) {
    check(op, `problem.${name}`, count, outFeatures % count === 0, `a divisor of the ${outFeatures} output features`);
  }
}

/** Positions of the window along spatial dimension `d`. */
function resultSize({ lhs, rhs, lhsSpec, rhsSpec, ...problem }: ConvProblem, d: number): number {
  const [lo, hi] = problem.padding[d];
  const input = dilate(lhs.shape[lhsSpec[d + 2]], problem.lhsDilation[d]) + lo + hi;
  return positions(input, dilate(rhs.shape[rhsSpec[d + 2]], problem.rhsDilation[d]), problem.windowStrides[d]);
}

/** What a member must be, and in words. */
interface Member {
  readonly is: (value: unknown) => boolean;
  readonly what: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
// A copy: in an array `every` passes over what was never set.
const isEach = (value: unknown, is: (element: unknown) => boolean): boolean => Array.isArray(value) && Array.from(value).every(is);
const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown): boolean => isSize(value) && value !== 0;
const spec: Member = {
  is: (value) => isObject(value) && 'shape' in value && isEach(value.shape, isPositive) && 'dtype' in value && isDType(value.dtype),
  what: 'a shape of positive sizes and a dtype',
};
const axes: Member = { is: (value) => isEach(value, isSize), what: 'a list of axes' };
const positive: Member = { is: (value) => isEach(value, isPositive), what: 'a list of positive integers' };
const count: Member = { is: isPositive, what: 'a positive integer' };
const oneOf = (...names: readonly unknown[]): Member => ({
  is: (value) => names.includes(value),
  what: names.map((each) => describe(each)).join(' or '),
});

const MEMBERS: Readonly<Record<keyof ConvProblem, Member>> = {
  lhs: spec,
  rhs: spec,
  out: spec,
  lhsSpec: axes,
  rhsSpec: axes,
  outSpec: axes,
  windowStrides: positive,
  padding: {
    is: (value) => isEach(value, (pair) => isEach(pair, Number.isSafeInteger) && (pair as readonly unknown[]).length === 2),
    what: 'a list of pairs of integers',
  },
  lhsDilation: positive,
  rhsDilation: positive,
  windowReversal: { is: (value) => isEach(value, (each) => typeof each === 'boolean'), what: 'a list of booleans' },
  featureGroupCount: count,
  batchGroupCount: count,
  precision: oneOf(...(['default', 'high', 'highest'] satisfies Precision[])),
  method: oneOf(...(['auto', 'direct', 'fft'] satisfies Method[])),
};

function check(op: string, argument: string, value: unknown, isRight: boolean, what: string): void {
  if (isRight) return;
  throw refuse('backend/problem', `${argument} must be ${what}, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}
