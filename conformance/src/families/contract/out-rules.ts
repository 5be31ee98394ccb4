/** Rules about `out`: written in place and returned, refused where it does not fit or overlaps an operand. */
import { DTYPES, sizeOf, zeros, type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { bytesOf, sameBytes, snapshot } from '../bytes.ts';
import { guard, viewOf } from './memory.ts';
import { expectRejection } from '../refusals.ts';
import { discard, operand, prepare, run, verify, type ContractRule } from './workbench.ts';

/** An out tensor full of garbage. */
function dirty(problem: ConvProblem): Tensor {
  const out = zeros(problem.out.shape, problem.out.dtype);
  bytesOf(out).fill(problem.out.dtype === 'bool' ? 1 : 0x3e);
  return out;
}

async function outInPlace(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  for (const offset of [0, 3]) {
    const out = guard(dirty(problem), offset);
    const result = await bound.run(lhs, { out: out.tensor });
    if (result !== out.tensor) throw new ConformanceFailure('run does not return out itself');
    out.expectSurroundingsUnchanged('out');
    verify(context, prepared, lhs, rhs, out.tensor, `out at element ${offset} of its buffer`);
    const next = operand(problem, 'lhs', 2);
    await bound.run(next, { out: out.tensor });
    verify(context, prepared, next, rhs, out.tensor, 'out written a second time');
  }
  await discard(prepared);
}

async function outOverlaps(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  const outBytes = sizeOf(problem.out.shape) * DTYPES[problem.out.dtype].itemsize;
  const total = lhs.data.byteLength + outBytes;
  const lhsStart = Math.ceil(outBytes / 16) * 16;
  // out before lhs, with and without its last byte in lhs
  const buffer = new ArrayBuffer(Math.ceil(total / 16) * 16 + 32);
  const view: Tensor = { ...lhs, data: viewOf(lhs.dtype, buffer, lhsStart, lhs.data.length) as Tensor['data'] };
  bytesOf(view).set(bytesOf(lhs));
  const before = snapshot(view);
  const outAt = (byteOffset: number): Tensor => ({
    ...problem.out,
    data: viewOf(problem.out.dtype, buffer, byteOffset, sizeOf(problem.out.shape) * DTYPES[problem.out.dtype].components) as Tensor['data'],
  });
  const { BYTES_PER_ELEMENT } = DTYPES[problem.out.dtype].array;
  const gap = lhsStart - outBytes;
  const touching = outAt(gap + BYTES_PER_ELEMENT);
  await expectRejection('out overlaps lhs by one element', ['ValueError'], () => bound.run(view, { out: touching }));
  if (!sameBytes(before, bytesOf(view))) throw new ConformanceFailure('an overlapping out was refused, but lhs had been written to');
  const beside = outAt(gap);
  await bound.run(view, { out: beside });
  verify(context, prepared, view, rhs, beside, 'out right beside lhs in one buffer');
  await discard(prepared);
}

async function outRefused(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  const { shape, dtype } = problem.out;
  const other = dtype === 'float32' ? 'int32' : 'float32';
  const wrong: readonly [string, Tensor][] = [
    ['out of another dtype', zeros(shape, other)],
    ['out with an element too many', zeros([sizeOf(shape) + 1], dtype)],
    ['out with too little data', { shape, dtype, data: zeros([sizeOf(shape) - 1], dtype).data }],
  ];
  for (const [what, out] of wrong) {
    await expectRejection(what, ['ValueError', 'TypeError'], () => bound.run(lhs, { out }));
    verify(context, prepared, lhs, rhs, await run(bound, lhs), `the run after ${what} was refused`);
  }
  await discard(prepared);
}

async function runSync(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs } = prepared;
  if (bound.runSync !== undefined) {
    verify(context, prepared, lhs, rhs, bound.runSync(lhs), 'runSync');
    const out = dirty(problem);
    if (bound.runSync(lhs, { out }) !== out) throw new ConformanceFailure('runSync does not return out itself');
    verify(context, prepared, lhs, rhs, out, 'runSync with out');
    const synchronous = snapshot(out);
    if (!sameBytes(synchronous, bytesOf(await run(bound, lhs)))) throw new ConformanceFailure('runSync and run give different bytes');
  }
  await discard(prepared);
}

/** The rules about `out`. */
export const OUT_RULES: readonly ContractRule[] = [
  {
    name: 'out-in-place',
    about: 'out is written in place, whatever it held, and returned; nothing around it is touched.',
    check: outInPlace,
  },
  { name: 'out-overlap', about: 'out that shares a byte with lhs is a ValueError, out beside it is not.', check: outOverlaps },
  { name: 'out-refused', about: 'out of another dtype or size is refused, and the next call is right.', check: outRefused },
  { name: 'run-sync', about: 'runSync, where there is one, gives what run gives.', check: runSync },
];
