import { describe, expect, test, vi } from 'vitest';
import * as errors from './errors.ts';
import { RULES, type RuleId } from './rules.ts';
import type { ConvProblem } from './problem/problem.ts';

const { isLaxconvError, isUnsupportedProblem, refuse, UnsupportedProblemError } = errors;
const details = { op: 'lax.conv', argument: 'padding' };
const problem = {} as ConvProblem;

describe('refuse', () => {
  test.each(Object.keys(RULES) as RuleId[])('%s has the class of its rule', (rule) => {
    const error = refuse(rule, 'because', details);
    expect(error).toMatchObject({ rule, jaxError: RULES[rule].jaxError, message: 'lax.conv: because', values: {}, ...details });
    expect(error.name).toBe(`Laxconv${error.jaxError}`);
    expect(error.constructor.name).toBe(error.name);
    expect(error).toBeInstanceOf(errors.LaxconvError);
    expect(error).toBeInstanceOf(Error);
    expect('cause' in error).toBe(false);
  });

  test('carries the clashing values and the cause', () => {
    const cause = new Error('below');
    const error = refuse('padding/count', 'because', { ...details, values: { expected: 2, got: 1 }, cause });
    expect(error).toMatchObject({ values: { expected: 2, got: 1 }, cause });
  });
});

test('a backend’s refusal says who, why and what', () => {
  const error = new UnsupportedProblemError('webgpu', 'no int8', problem, 'cause');
  expect(error).toMatchObject({
    name: 'UnsupportedProblemError',
    jaxError: 'NotImplementedError',
    rule: 'backend/unsupported',
    op: 'backend webgpu',
    backend: 'webgpu',
    reason: 'no int8',
    problem,
    cause: 'cause',
  });
  expect(isLaxconvError(error) && isUnsupportedProblem(error)).toBe(true);
});

test('tags tell errors of another copy of the package', async () => {
  vi.resetModules();
  const copy = await import('./errors.ts');
  const foreign = new copy.UnsupportedProblemError('third', 'no', problem);
  expect(foreign).not.toBeInstanceOf(UnsupportedProblemError);
  expect(isUnsupportedProblem(foreign) && isLaxconvError(foreign)).toBe(true);
  expect(isUnsupportedProblem(copy.refuse('mode/unknown', 'no', details))).toBe(false);
  expect(isLaxconvError(copy.refuse('mode/unknown', 'no', details))).toBe(true);
});

test.each([[null], [undefined], ['x'], [new Error('x')], [{ jaxError: 'ValueError' }]])('%o is no laxconv error', (value) => {
  expect(isLaxconvError(value)).toBe(false);
  expect(isUnsupportedProblem(value)).toBe(false);
});
