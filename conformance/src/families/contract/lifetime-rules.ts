/** Rules about time: concurrent runs, disposal, independence of plans and backends. */
import type { Backend, ConvProblem } from '@laxconv/api/backend';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { expectRejection } from '../refusals.ts';
import { discard, finished, operand, prepare, run, verify, type ContractRule, type Prepared } from './workbench.ts';

const CONCURRENT_RUNS = 32;

async function concurrentRuns(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, rhs } = prepared;
  const operands = Array.from({ length: CONCURRENT_RUNS }, (_, seed) => operand(problem, 'lhs', seed));
  const results = await Promise.all(operands.map((lhs) => run(bound, lhs)));
  results.forEach((got, index) => verify(context, prepared, operands[index], rhs, got, `run ${index + 1} of ${CONCURRENT_RUNS} at once`));
  await discard(prepared);
}

/** Everything at once, from prepare to dispose, with plans of one problem and weights of their own. */
async function concurrentPlans(context: TestContext, problem: ConvProblem): Promise<void> {
  const lives = Array.from({ length: 6 }, async (_, seed) => {
    const prepared = await prepare(context.backend, problem, seed);
    const got = await Promise.all([run(prepared.bound, prepared.lhs), run(prepared.bound, operand(problem, 'lhs', seed + 50))]);
    verify(context, prepared, prepared.lhs, prepared.rhs, got[0], `plan ${seed + 1} of 6 at once`);
    verify(context, prepared, operand(problem, 'lhs', seed + 50), prepared.rhs, got[1], `second run of plan ${seed + 1} of 6 at once`);
    await discard(prepared);
  });
  await Promise.all(lives);
}

async function freshPlans(context: TestContext, problem: ConvProblem): Promise<void> {
  const [first, second] = [await prepare(context.backend, problem, 1), await prepare(context.backend, problem, 2)];
  if (first.plan === second.plan) throw new ConformanceFailure('prepare returned the same plan twice; the cache belongs to the instance');
  verify(
    context,
    first,
    first.lhs,
    first.rhs,
    await run(first.bound, first.lhs),
    'first plan, after a second was prepared for the same problem',
  );
  await discard(first);
  verify(context, second, second.lhs, second.rhs, await run(second.bound, second.lhs), 'second plan, after the first was disposed of');
  await discard(second);
}

async function disposeOfBound(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, plan, lhs, rhs } = prepared;
  const inFlight = finished([run(bound, lhs), run(bound, lhs)], 'a run in flight when its BoundConv was disposed of');
  await bound.dispose();
  await bound.dispose();
  for (const { got, what } of await inFlight) verify(context, prepared, lhs, rhs, got(), what);
  await expectRejection('run after dispose of the BoundConv', ['RuntimeError'], () => bound.run(lhs));
  const again = await plan.bindRhs(rhs);
  verify(context, prepared, lhs, rhs, await run(again, lhs), 'the plan, after a BoundConv of it was disposed of');
  await again.dispose();
  await plan.dispose();
  await plan.dispose();
  await expectRejection('bindRhs after dispose of the plan', ['RuntimeError'], () => plan.bindRhs(rhs));
}

async function disposeOfBackend(context: TestContext, problem: ConvProblem): Promise<void> {
  const backend = await context.createBackend();
  let prepared: Prepared;
  try {
    prepared = await prepare(backend, problem);
  } catch (error) {
    await backend.dispose();
    throw error;
  }
  const { bound, plan, lhs, rhs } = prepared;
  const inFlight = finished([run(bound, lhs), run(bound, lhs)], 'a run in flight when its backend was disposed of');
  await Promise.all([backend.dispose(), backend.dispose()]);
  await backend.dispose();
  for (const { got, what } of await inFlight) verify(context, prepared, lhs, rhs, got(), what);
  await expectRejection('prepare after dispose', ['RuntimeError'], () => backend.prepare(problem));
  await expectRejection('bindRhs after dispose', ['RuntimeError'], () => plan.bindRhs(rhs));
  await expectRejection('run after dispose', ['RuntimeError'], () => bound.run(lhs));
  await bound.dispose();
  await plan.dispose();
}

async function independentBackends(context: TestContext, problem: ConvProblem): Promise<void> {
  const other: Backend = await context.createBackend();
  try {
    if (other === context.backend) throw new ConformanceFailure('createBackend returned a backend that is in use');
    const prepared = await prepare(context.backend, problem);
    const stranger = await prepare(other, problem, 3);
    verify(context, stranger, stranger.lhs, stranger.rhs, await run(stranger.bound, stranger.lhs), 'a second backend');
    await other.dispose();
    verify(context, prepared, prepared.lhs, prepared.rhs, await run(prepared.bound, prepared.lhs), 'after another backend was disposed of');
    await discard(prepared);
    const later = await prepare(context.backend, problem, 4);
    verify(context, later, later.lhs, later.rhs, await run(later.bound, later.lhs), 'a plan made after another backend was disposed of');
    await discard(later);
  } finally {
    await other.dispose();
  }
}

/** The rules about time. */
export const LIFETIME_RULES: readonly ContractRule[] = [
  {
    name: 'concurrent-runs',
    about: `${CONCURRENT_RUNS} runs at once on one BoundConv give what they give one by one.`,
    check: concurrentRuns,
  },
  { name: 'concurrent-plans', about: 'Plans prepared, bound and run at once do not meet.', check: concurrentPlans },
  { name: 'fresh-plans', about: 'prepare returns a new plan each time, independent of the others.', check: freshPlans },
  { name: 'dispose', about: 'dispose is idempotent; runs in flight finish, later calls reject with RuntimeError.', check: disposeOfBound },
  { name: 'dispose-backend', about: 'The same for the backend as a whole.', check: disposeOfBackend },
  { name: 'independent-backends', about: 'Two backends share no state.', check: independentBackends },
];
