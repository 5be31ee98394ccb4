import { expect, it } from 'vitest';
import { freezeProblem } from './freeze-problem.ts';

it.each([null, undefined, 5, 'conv', [], {}, { lhs: { shape: [1, 1, 4], dtype: 'float32' } }])(
  'refuses %j, which is no problem',
  (given) => {
    expect(() => freezeProblem(given as never)).toThrow(
      expect.objectContaining({
        rule: 'backend/problem',
        argument: 'problem',
        message: expect.stringMatching(/^prepare: a problem must be a ConvProblem, got /) as string,
      }) as Error,
    );
  },
);
