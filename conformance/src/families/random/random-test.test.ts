/** How a property's outcome is reported: refusals, failures, the number of runs. */
import fc from 'fast-check';
import { UnsupportedProblemError, type Backend, type ConvProblem } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { randomTest } from './random-test.ts';

function contextOf(backend: Backend): TestContext {
  return { backend, createBackend, seed: 1, runs: 40, observe: () => {} };
}

async function refusing(refuses: (problem: ConvProblem) => boolean): Promise<Backend> {
  const backend = await createBackend();
  return {
    ...backend,
    async prepare(problem) {
      if (refuses(problem)) throw new UnsupportedProblemError('picky', 'it is picky', problem);
      return backend.prepare(problem);
    },
  };
}

const counted = { runs: 0 };
const convolves = randomTest<Convolution>({
  family: 'property',
  address: 'example:dtype=float32',
  about: 'It runs.',
  arbitrary: convolutionArbitrary({ dtype: 'float32' }),
  async holds(lab, convolution) {
    counted.runs++;
    const { lhs, rhs } = operandsOf(convolution);
    await lab.convolve(convolution.problem, lhs, rhs);
  },
});

describe('a random test', () => {
  test('makes as many runs as it is told to', async () => {
    counted.runs = 0;
    await convolves.run(contextOf(await createBackend()));
    expect(counted.runs).toBe(40);
  });

  test('passes a refusal on when every problem is refused', async () => {
    await expect(convolves.run(contextOf(await refusing(() => true)))).rejects.toThrow(UnsupportedProblemError);
  });

  test('passes when only some problems are refused', async () => {
    await expect(convolves.run(contextOf(await refusing(({ batchGroupCount }) => batchGroupCount > 1)))).resolves.toBeUndefined();
  });

  test('shrinks a failure to the plainest value that fails, and says how to replay it', async () => {
    const failing = randomTest<number>({
      family: 'property',
      address: 'small:dtype=float32',
      about: 'Numbers are below 10.',
      arbitrary: fc.nat(1000),
      holds: (_, value) => (value < 10 ? Promise.resolve() : Promise.reject(new ConformanceFailure(`${value} is not`))),
    });
    const error: unknown = await failing.run(contextOf(await createBackend())).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConformanceFailure);
    if (!(error instanceof ConformanceFailure)) return;
    expect(error.message).toContain('Counterexample: 10');
    expect(error.message).toContain('--seed 1');
    expect(error.replay).toMatchObject({ seed: expect.any(Number) as number, path: expect.stringMatching(/^\d+(:\d+)*$/) as string });
  });
});
