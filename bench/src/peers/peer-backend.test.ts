/** An adapter is held to the kit like any backend: here over loops that every machine has. */
import { resolve, type ConvCall } from '@laxconv/api';
import { isUnsupportedProblem, type ConvProblem } from '@laxconv/api/backend';
import { checkResult, runConformance } from '@laxconv/conformance';
import { describe, expect, it } from 'vitest';
import { operandOf } from '../cases/operands.ts';
import { loopsPeer } from './loops-peer.test.fixture.ts';
import { peerBackend } from './peer-backend.ts';
import { isStageable } from './peer.ts';

const problemOf = (fn: ConvCall['fn'], lhs: number[], rhs: number[], ...args: unknown[]): ConvProblem =>
  resolve({ fn, operands: [lhs, rhs].map((shape) => ({ shape, dtype: 'float32' })), args })[0];

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

describe('peerBackend', () => {
  it('keeps the contract, and refuses what plain convolutions are not', async () => {
    const createBackend = async () => peerBackend(loopsPeer());
    for (const filter of ['contract:*dtype=float32', 'golden:groups/*:dtype=float32', 'golden:padding/*:dtype=float32']) {
      const { totals, tests } = await runConformance({
        createBackend,
        filter,
        expectations: [{ query: '*', status: 'unsupported', reason: 'limited' }],
      });
      expect(tests.filter(({ status }) => status !== 'pass' && status !== 'unsupported')).toEqual([]);
      expect(totals.pass).toBeGreaterThan(0);
    }
  });

  it.each([
    ['reversed', problemOf('scipy.signal.convolve', [9, 8], [3, 2], 'same')],
    [
      'grouped, channels last',
      problemOf('lax.convGeneralDilated', [2, 6, 5, 4], [3, 2, 2, 6], [1, 2], 'SAME', { ...NHWC, featureGroupCount: 2 }),
    ],
    ['1-D', problemOf('numpy.correlate', [12], [3])],
  ])('brings operands into the library’s layout and the result back: %s', async (_, problem) => {
    const [lhs, rhs] = [operandOf(problem.lhs, 'uniform', 1), operandOf(problem.rhs, 'uniform', 2)];
    const backend = peerBackend(loopsPeer());
    const plan = await backend.prepare(problem);
    const bound = await plan.bindRhs(rhs);
    if (!isStageable(bound)) throw new Error('a peer can be staged');
    const staged = await bound.stage(lhs);
    const got = await staged.result();
    expect(checkResult({ problem, lhs, rhs, got, errorBound: plan.errorBound }).errorOverBound).toBeLessThanOrEqual(1);
    await backend.dispose();
  });

  it('says what the library lacks in a refusal of its own', async () => {
    const backend = peerBackend(loopsPeer());
    const problem = problemOf('lax.convTranspose', [1, 4, 1], [3, 1, 1], [2], 'SAME');
    const error: unknown = await backend.prepare(problem).catch((reason: unknown) => reason);
    expect(isUnsupportedProblem(error)).toBe(true);
    expect(error).toMatchObject({ message: 'backend loops-peer: no transposed convolutions' });
  });

  it('frees inputs, weights and the library, each once, the library last', async () => {
    const freed: string[] = [];
    const backend = peerBackend(loopsPeer({ onDispose: (what) => freed.push(what) }));
    const problem = problemOf('numpy.convolve', [5], [2]);
    const bound = await (await backend.prepare(problem)).bindRhs(operandOf(problem.rhs, 'uniform', 2));
    await bound.run(operandOf(problem.lhs, 'uniform', 1));
    await Promise.all([bound.dispose(), backend.dispose()]);
    await backend.dispose();
    expect(freed).toEqual(['input', 'weights', 'library']);
  });
});
