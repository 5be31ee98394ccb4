import { expect, it } from 'vitest';
import { benchCommand, suiteCommand } from './commands.ts';
import { findJax } from './machine.ts';
import { readOptions } from './options.ts';
import { closingLine, tallyBench, tallySuite } from './tally.ts';

const measured = { status: 'measured' as const, kernel: 'k', reasons: [], errorOverBound: 0, prepareMs: 0, batch: 1, rounds: [] };
const notMeasured = { kernel: null, reason: '' } as const;
const totals = { tests: 10, ok: 8, pass: 5, fail: 1, unsupported: 3, timeout: 0, crash: 0, notRun: 1 };
const benchCase = { name: 'c', about: '', call: {}, part: 'result', weights: 'uniform', problem: {}, multiplyAdds: 1 } as const;

it('counts what is not as expected, what did not run and stale expectations as failed', () => {
  const stale = [{ query: '*', reason: '' }];
  expect(tallySuite({ totals, staleExpectations: stale })).toEqual({ passed: 5, failed: 3, refused: 3 });
});

it('counts our results, and not the peers’', () => {
  const results = (['wrong', 'unsupported', 'failed'] as const).flatMap((status) => [
    { implementation: 'webgpu', backend: 'webgpu', status, ...notMeasured },
    { implementation: 'peer', backend: 'peer', status, ...notMeasured },
  ]);
  const cases = [
    {
      ...benchCase,
      results: [
        ...results,
        { implementation: 'webgpu', backend: 'webgpu', ...measured },
        { implementation: 'idle', backend: 'idle', ...measured },
      ],
    },
  ];
  expect(tallyBench({ cases, complete: true })).toEqual({ passed: 1, failed: 2, refused: 1 });
  expect(tallyBench({ cases: [], complete: false }).failed).toBe(1);
});

it('closes with one line', () => {
  const none = { passed: 0, failed: 0, refused: 0 };
  expect(
    closingLine([
      { ...none, passed: 2 },
      { ...none, passed: 3 },
    ]),
  ).toBe('5 passed, 0 failed');
  expect(closingLine([{ passed: 2, failed: 1, refused: 4 }])).toBe('2 passed, 1 failed (and 4 refused, as expected)');
});

it('hands the options on', () => {
  const options = readOptions(['--software', '--quick']);
  expect(options).toEqual({ software: true, quick: true, tune: false, help: false, results: 'results' });
  expect(suiteCommand(options, 'r')).toEqual(expect.arrayContaining(['--backend-options={"software":true}', '--runs=5']));
  expect(benchCommand(options, 'r', ['a', 'b'])).toEqual(expect.arrayContaining(['--peers=a,b']));
  expect(benchCommand(options, 'r', [])).not.toContain('--full');
  expect(benchCommand(readOptions([]), 'r', [])).toContain('--full');
  expect(suiteCommand(readOptions([]), 'r')).toContain('--backend-options={"software":false}');
  expect(benchCommand(options, 'r', []).join(' ')).not.toContain(':tuned');
  expect(benchCommand(readOptions(['--tune']), 'r', []).join(' ')).toContain(
    'index.js,gpu:node_modules/@laxconv/webgpu/dist/index.js:tuned',
  );
  expect(() => readOptions(['--sofware'])).toThrow('--sofware');
});

it('says why JAX is not timed', () => {
  expect(findJax('/no/such/python')).toEqual({ missing: expect.stringContaining('/no/such/python has no JAX that runs') });
  expect(findJax(process.execPath)).toEqual({ missing: expect.stringContaining('has no JAX that runs') });
});
