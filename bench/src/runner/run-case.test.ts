/** The bench judged by backends that are wrong, slow, limited or broken on purpose, on a clock that only they advance. */
import { UnsupportedProblemError, type Backend, type Tensor } from '@laxconv/api/backend';
import { describe, expect, it } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import { useClock } from './clock.test.fixture.ts';
import { runCase, type CaseOptions } from './run-case.ts';
import { roundsOf } from './time-interleaved.ts';

const CASE: BenchCase = {
  name: 'test/conv',
  about: 'small',
  call: {
    fn: 'lax.conv',
    operands: [
      { shape: [1, 2, 12, 12], dtype: 'float32' },
      { shape: [2, 2, 3, 3], dtype: 'float32' },
    ],
    args: [[1, 1], 'SAME'],
  },
  quick: true,
};

const options = (rest: Partial<CaseOptions> = {}): CaseOptions => ({
  rounds: 3,
  roundMs: 3,
  warmUpMs: 3,
  signal: new AbortController().signal,
  ...rest,
});

const clock = useClock();

describe('runCase', () => {
  it('times a right backend, its public function beside it, with raw samples in every round', async () => {
    const { results, multiplyAdds } = await runCase({ ...CASE, publicCall: true }, [await clock.backend('naive')], options());
    expect(multiplyAdds).toBe(2 * 12 * 12 * 2 * 9);
    expect(results.map(({ implementation, status }) => [implementation, status])).toEqual([
      ['naive', 'measured'],
      ['naive · lax.conv', 'measured'],
    ]);
    for (const result of results) {
      if (result.status !== 'measured') throw new Error(result.reason);
      expect(result.rounds).toHaveLength(3);
      expect(result.rounds.flat().every((sample) => sample > 0)).toBe(true);
      expect(result.errorOverBound).toBeLessThanOrEqual(1);
    }
  });

  it('reports a wrong result as wrong, with the element, and does not time it', async () => {
    const wrong = await clock.backend('wrong', 1, async (run) => {
      const result = (await run()) as Tensor<'float32'>;
      result.data[7] += 0.01;
      return result;
    });
    const { results } = await runCase(CASE, [wrong, await clock.backend('naive')], options());
    expect(results[0]).toMatchObject({ implementation: 'wrong', status: 'wrong', reason: expect.stringContaining('[0, 0, 0, 7]') });
    expect(results[0]).not.toHaveProperty('rounds');
    expect(results[1]).toMatchObject({ status: 'measured' });
  });

  it('keeps a refusal and a failure visible, and goes on', async () => {
    const refusing: Backend = {
      ...(await clock.backend('refusing')),
      prepare: (problem) => Promise.reject(new UnsupportedProblemError('refusing', 'no convolutions on Mondays', problem)),
    };
    let runs = 0;
    const failing = await clock.backend('failing', 1, (run) => (++runs > 2 ? Promise.reject(new Error('out of luck')) : run()));
    const { results } = await runCase(CASE, [refusing, failing, await clock.backend('naive')], options());
    expect(results.map(({ backend, status }) => [backend, status])).toEqual([
      ['refusing', 'unsupported'],
      ['failing', 'failed'],
      ['naive', 'measured'],
    ]);
    expect(results[0]).toMatchObject({ reason: 'backend refusing: no convolutions on Mondays' });
    expect(results[1]).toMatchObject({ reason: 'out of luck' });
  });

  it('calls one failed that cannot be disposed of, and goes on', async () => {
    const backend = await clock.backend('naive');
    const prepare: Backend['prepare'] = async (problem) => {
      const plan = await backend.prepare(problem);
      return {
        kernel: plan.kernel,
        errorBound: plan.errorBound,
        bindRhs: (rhs) => plan.bindRhs(rhs),
        dispose: () => Promise.reject(new Error('stuck')),
      };
    };
    const { results } = await runCase(CASE, [{ ...backend, name: 'stuck', prepare }, backend], options());
    expect(results[0]).toMatchObject({ implementation: 'stuck', status: 'failed', reason: 'dispose: stuck' });
    expect(results[1]).toMatchObject({ status: 'measured' });
  });

  it('gives slow ones fewer rounds, and very slow ones one', () => {
    const effort = { rounds: 9, roundMs: 150 };
    expect([1, 600, 601, 5000, 5001].map((callMs) => roundsOf(callMs, effort))).toEqual([9, 9, 3, 3, 1]);
    expect(roundsOf(601, { ...effort, rounds: 2 })).toBe(2);
  });

  it('keeps the rounds that ended before an interrupt', async () => {
    const interrupt = new AbortController();
    const { results } = await runCase(
      CASE,
      [await clock.backend('naive')],
      options({
        rounds: 50,
        signal: interrupt.signal,
        onStep: (done) => {
          if (done === 3) interrupt.abort();
        },
      }),
    );
    expect(results[0]).toMatchObject({ status: 'measured', rounds: [expect.any(Array), expect.any(Array)] });
  });

  it('says of what an interrupt kept from running that it was interrupted', async () => {
    const { results } = await runCase(CASE, [await clock.backend('naive')], options({ signal: AbortSignal.abort() }));
    expect(results[0]).toMatchObject({ status: 'interrupted' });
  });
});
