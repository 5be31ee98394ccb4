/** The options of createBackend: which values are refused, and what the others do. */
import { expect, test } from 'vitest';
import { problemOf } from './convolve.test.fixture.ts';
import { started } from './started.test.fixture.ts';
import { createBackend } from './webgpu-backend.ts';

test('expectedRuns weighs compiling against running', async () => {
  const layer = problemOf([1, 14, 14, 256], [3, 3, 256, 256], [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] });
  const kernels = [];
  for (const expectedRuns of [1, Infinity]) kernels.push((await (await started({ expectedRuns })).prepare(layer)).kernel);
  expect(kernels).toEqual([expect.stringMatching(/direct|gemm/), expect.stringMatching(/winograd/)]);
});

test.for([
  ['tune', 'yes', 'tune must be true or false, got "yes"'],
  ['tune', null, 'tune must be true or false, got null'],
  ['expectedRuns', 0, 'expectedRuns must be a number, 1 or more, got 0'],
  ['expectedRuns', Number.NaN, 'expectedRuns must be a number, 1 or more, got NaN'],
  ['expectedRuns', '1', 'expectedRuns must be a number, 1 or more, got "1"'],
  ['tunings.format', { format: 2 }, 'tunings.format must be 1, got 2'],
  ['tunings.format', { format: 1n }, 'tunings.format must be 1, got 1n'],
  ['tunings.kernels', { format: 1, kernels: new Map() }, 'tunings.kernels must be an object'],
  ['tunings', null, 'tunings must be an object, got null'],
  ['software', 'x', 'software must be true or false, got "x"'],
  ['withoutFeatures', null, "withoutFeatures must be a list of 'shader-f16', 'subgroups', 'timestamp-query', got null"],
  ['withoutFeatures', 'subgroups', 'got "subgroups"'],
  ['withoutFeatures', ['subgroup'], 'got ["subgroup"]'],
  ['device', 5, 'device must be a GPUDevice, got 5'],
  ['device', { queue: {} }, 'device must be a GPUDevice'],
  ['gpu', { requestAdapter: 5 }, 'gpu must be a GPU'],
  ['gpu', null, 'gpu must be a GPU, got null'],
] as const)('option %s: %o is refused', async ([argument, value, message]) => {
  await expect(createBackend({ [argument.split('.')[0]]: value })).rejects.toMatchObject({
    rule: 'backend/option',
    argument,
    message: expect.stringMatching(`^backend webgpu: createBackend: .*${message.replaceAll(/[[\]]/g, String.raw`\$&`)}`),
  });
});
