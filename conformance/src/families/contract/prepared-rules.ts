/** Rules about `lax.prepareConvGeneralDilated`: weights packed once, many runs, the prepared shape and no other. */
import { laxconvOn, type PreparedConv } from '@laxconv/api';
import { zeros, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { bytesOf } from '../bytes.ts';
import { argumentsOf } from './public-call.ts';
import { contractProblems } from './problems.ts';
import { expectRejection } from '../refusals.ts';
import { operand, verify, type ContractRule, type Judged } from './workbench.ts';

async function preparedConv(context: TestContext, problem: ConvProblem): Promise<void> {
  const args = argumentsOf(problem);
  if (args === undefined) throw new TypeError('no public call gives this problem');
  const instance = laxconvOn(context.backend);
  const rhs = operand(problem, 'rhs', 1);
  const conv: PreparedConv = await instance.lax.prepareConvGeneralDilated(problem.lhs, rhs, ...args);
  try {
    const judged: Judged = { problem, plan: conv };
    if (JSON.stringify(conv.problem) !== JSON.stringify(problem))
      throw new ConformanceFailure('the prepared problem is not the one that was meant');
    const kept: Tensor = { ...rhs, data: rhs.data.slice() };
    bytesOf(rhs).fill(0);
    for (const seed of [1, 2]) {
      const lhs = operand(problem, 'lhs', seed);
      verify(context, judged, lhs, kept, await conv.run(lhs), 'a prepared run, rhs overwritten since');
      const out = zeros(problem.out.shape, problem.out.dtype);
      if ((await conv.run(lhs, { out })) !== out) throw new ConformanceFailure('a prepared run does not return out itself');
      verify(context, judged, lhs, kept, out, 'a prepared run with out');
    }
    const flat = operand(problem, 'lhs', 1);
    const other = { ...flat, shape: [...flat.shape, 1] };
    await expectRejection('an lhs of another shape than the prepared one', ['ValueError'], () => conv.run(other));
  } finally {
    await conv.dispose();
    await conv.dispose();
    await instance.dispose();
  }
  await expectRejection('a prepared run after dispose', ['RuntimeError'], () => conv.run(operand(problem, 'lhs', 1)));
}

const callable = (dtype: DType): ConvProblem[] => contractProblems(dtype).filter((problem) => argumentsOf(problem) !== undefined);

/** The rules about prepared convolutions. */
export const PREPARED_RULES: readonly ContractRule[] = [
  {
    name: 'prepared-conv',
    about: 'A prepared convolution packs its weights once, runs many inputs of its shape, writes to out, and ends with dispose.',
    problems: callable,
    check: preparedConv,
  },
];
