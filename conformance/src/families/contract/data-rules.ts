/** Rules about data: operands are read only, results are the caller's own, any memory will do, no run shows another's numbers. */
import type { ConvProblem, Tensor } from '@laxconv/api/backend';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { bytesOf, sameBytes, snapshot } from '../bytes.ts';
import { guard, type Memory } from './memory.ts';
import { contractProblems, shortProblem } from './problems.ts';
import { discard, operand, prepare, run, verify, type ContractRule } from './workbench.ts';

async function inputsUnmodified(context: TestContext, problem: ConvProblem): Promise<void> {
  const [lhs, rhs] = [guard(operand(problem, 'lhs', 1), 3), guard(operand(problem, 'rhs', 1), 1)];
  const plan = await context.backend.prepare(problem);
  const bound = await plan.bindRhs(rhs.tensor);
  rhs.expectUnchanged('rhs, by bindRhs,');
  for (let round = 0; round < 2; round++) {
    await run(bound, lhs.tensor);
    bound.runSync?.(lhs.tensor);
    lhs.expectUnchanged('lhs');
    rhs.expectUnchanged('rhs');
  }
  await discard({ problem, plan, bound, lhs: lhs.tensor, rhs: rhs.tensor });
}

async function resultsAreFresh(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  const first = await run(bound, lhs);
  expectOwnMemory(first, [lhs, rhs]);
  const before = snapshot(first);
  const second = await run(bound, operand(problem, 'lhs', 2));
  expectOwnMemory(second, [lhs, rhs, first]);
  if (!sameBytes(before, bytesOf(first))) throw new ConformanceFailure('a later run changed an earlier result');
  // Scribbling over a result must not reach the backend.
  new Uint8Array(second.data.buffer).fill(0xff);
  new Uint8Array(first.data.buffer).fill(0xff);
  verify(context, prepared, lhs, rhs, await run(bound, lhs), 'after the earlier results were overwritten');
  await discard(prepared);
}

function expectOwnMemory(result: Tensor, others: readonly Tensor[]): void {
  const buffer: ArrayBufferLike = result.data.buffer;
  if (Object.prototype.toString.call(buffer) !== '[object ArrayBuffer]')
    throw new ConformanceFailure("the result's buffer is no ArrayBuffer");
  if (others.some(({ data }) => data.buffer === buffer))
    throw new ConformanceFailure('the result shares its buffer with an operand or an earlier result');
}

async function otherData(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, rhs } = prepared;
  for (const seed of [1, 2, 3, 1]) {
    const lhs = operand(problem, 'lhs', seed);
    verify(context, prepared, lhs, rhs, await run(bound, lhs), `run with the ${['', 'first', 'second', 'third'][seed]} lhs`);
  }
  // The same tensor object with other numbers in it: operands are read at each run.
  const reused = operand(problem, 'lhs', 1);
  await run(bound, reused);
  (reused.data as Uint8Array).set(operand(problem, 'lhs', 4).data as Uint8Array);
  verify(context, prepared, reused, rhs, await run(bound, reused), 'run with the same lhs tensor, its numbers changed');
  await discard(prepared);
}

async function rhsIsPacked(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  const kept: Tensor = { ...rhs, data: rhs.data.slice() };
  (rhs.data as Uint8Array).set(operand(problem, 'rhs', 9).data as Uint8Array);
  verify(context, prepared, lhs, kept, await run(bound, lhs), 'after rhs was changed behind bindRhs');
  await discard(prepared);
}

async function severalWeights(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs, plan } = prepared;
  const other = operand(problem, 'rhs', 5);
  const second = await plan.bindRhs(other);
  verify(context, prepared, lhs, rhs, await run(bound, lhs), 'first weights, after others were bound');
  verify(context, prepared, lhs, other, await run(second, lhs), 'second weights');
  await second.dispose();
  verify(context, prepared, lhs, rhs, await run(bound, lhs), 'first weights, after the others were disposed of');
  await discard(prepared);
}

function anyMemory(memory: Memory) {
  return async (context: TestContext, problem: ConvProblem): Promise<void> => {
    for (const offset of [1, 3]) {
      const [lhs, rhs] = [guard(operand(problem, 'lhs', 1), offset, memory), guard(operand(problem, 'rhs', 1), offset + 2, memory)];
      const plan = await context.backend.prepare(problem);
      const bound = await plan.bindRhs(rhs.tensor);
      const prepared = { problem, plan, bound, lhs: operand(problem, 'lhs', 1), rhs: operand(problem, 'rhs', 1) };
      const what = `operands at elements ${offset} and ${offset + 2} of ${memory} buffers`;
      verify(context, prepared, prepared.lhs, prepared.rhs, await run(bound, lhs.tensor), what);
      await discard(prepared);
    }
  };
}

async function labels(context: TestContext, problem: ConvProblem): Promise<void> {
  const plan = await context.backend.prepare(problem);
  const [lhs, rhs] = [operand(problem, 'lhs', 1), operand(problem, 'rhs', 1)];
  const flat = (tensor: Tensor): Tensor => ({ ...tensor, shape: [tensor.shape.reduce((a, b) => a * b, 1)] });
  const bound = await plan.bindRhs(flat(rhs));
  const prepared = { problem, plan, bound, lhs, rhs };
  verify(context, prepared, lhs, rhs, await run(bound, flat(lhs)), 'operands labelled [n]');
  await discard(prepared);
}

const SHORT = [3, 5, 7];

/** The rules about the data of operands and results. */
export const DATA_RULES: readonly ContractRule[] = [
  { name: 'inputs-unmodified', about: 'Operands, and the bytes around them, are never written to.', check: inputsUnmodified },
  {
    name: 'results-are-fresh',
    about: "Results are the caller's own memory: no operand's, no earlier result's, not the backend's.",
    check: resultsAreFresh,
  },
  { name: 'second-run', about: 'A later run with other data shows that data, not what an earlier one left behind.', check: otherData },
  { name: 'rhs-is-packed', about: 'rhs may change once bindRhs has settled.', check: rhsIsPacked },
  { name: 'several-weights', about: 'One plan binds several weights, which do not meet.', check: severalWeights },
  {
    name: 'odd-offsets',
    about: 'Operands may start anywhere in their buffer: 3, 5 and 7 elements at odd offsets.',
    problems: (dtype) => [...SHORT.map((length) => shortProblem(dtype, length)), ...contractProblems(dtype)],
    check: anyMemory('plain'),
  },
  { name: 'shared-memory', about: 'Operands may lie in a SharedArrayBuffer.', check: anyMemory('shared') },
  { name: 'resizable-memory', about: 'Operands may lie in a resizable ArrayBuffer.', check: anyMemory('resizable') },
  { name: 'labels-are-free', about: "An operand's shape is a label: [n] runs as what was prepared.", check: labels },
];
