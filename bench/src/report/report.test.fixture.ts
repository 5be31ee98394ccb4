/** A report's data for tests: a clean run, a run in which everything has gone wrong, and strings that try to be markup. */
import type { RunResult } from '@laxconv/conformance';
import { plotLines } from '../drawing/line-plot.ts';
import { showImage } from '../drawing/image-show.ts';
import type { Notebook, NotebookCell } from '../notebook/notebook.ts';
import type { BenchResult, ImplementationResult } from '../result/result.ts';
import type { ReportData } from './report-data.ts';

/** What a hostile result file would write everywhere. */
export const HOSTILE = `</code></pre><script>document.title='owned'</script><img src=x onerror="document.title='owned'">'"&`;

type TestResult = RunResult['tests'][number];

function testResult(id: string, rest: Partial<TestResult> = {}): TestResult {
  return { id, status: 'pass', ok: true, ms: 1.5, kernels: [{ kernel: 'float32-direct-1x1', errorOverBound: 0.25 }], ...rest };
}

export function conformanceRun(tests: readonly TestResult[], rest: Partial<RunResult> = {}): RunResult {
  const count = (holds: (test: TestResult) => boolean): number => tests.filter(holds).length;
  const of = (status: TestResult['status']): number => count((test) => test.status === status);
  const totals = {
    tests: tests.length,
    ok: count(({ ok }) => ok),
    pass: of('pass'),
    fail: of('fail'),
    unsupported: of('unsupported'),
    timeout: of('timeout'),
    crash: of('crash'),
    notRun: rest.notRun?.length ?? 0,
  };
  return {
    format: 1,
    suite: '0.0.0',
    backend: { name: 'naive', info: { nonFinite: 'ieee', threads: 1 }, module: './naive.js' },
    platform: { runtime: 'node 24.21.0', os: 'linux', arch: 'x64', cpus: 2 },
    seed: 7,
    runs: 100,
    started: '2026-11-23T12:00:00.000Z',
    ms: 61_000,
    tests: [...tests],
    notRun: [],
    expectations: [],
    staleExpectations: [],
    totals,
    ok: totals.ok === totals.tests,
    ...rest,
  };
}

const measured = (implementation: string, ms: number): ImplementationResult => ({
  implementation,
  backend: 'naive',
  status: 'measured',
  kernel: 'float32-direct-1x1',
  errorOverBound: 0.1,
  prepareMs: 0.2,
  batch: 1,
  rounds: [[ms], [ms * 1.02], [ms * 0.98], [ms * 1.1], [ms]],
});

export function benchResult(results: readonly ImplementationResult[]): BenchResult {
  return {
    format: 'laxconv-bench/1',
    startedAt: '2026-11-23T12:00:00.000Z',
    complete: true,
    mode: 'quick',
    only: null,
    environment: {
      platform: 'node 24.21.0',
      os: 'Linux 6',
      arch: 'x64',
      cpu: 'A Processor',
      cores: 2,
      memoryGiB: 8,
      loadBefore: 0.1,
      versions: { node: '24.21.0' },
      commit: 'abcdef123456',
    },
    peers: [],
    cases: [
      {
        name: 'image/blur',
        about: 'A blur',
        call: {},
        part: 'result',
        weights: 'uniform',
        problem: {},
        multiplyAdds: 1e6,
        results: [...results],
      },
    ],
  };
}

function cell(number: number, rest: Partial<NotebookCell> = {}): NotebookCell {
  return {
    number,
    title: `Cell ${number}`,
    python: "x = jnp.ones(3)  # three\nprint('x')",
    typescript: "const x = tensor([1, 1, 1]); // three\nprint('x');",
    printed: ['x'],
    pictures: [
      plotLines([{ x: [0, 1, 2], y: [1, 3, 2] }], 'a line'),
      showImage({ shape: [2, 2], data: [0, 1, 2, 3] }, { title: 'an image' }),
    ],
    ms: 2,
    check: { status: 'right', maxDifference: 1e-7, errorOverBound: 0.2 },
    ...rest,
  };
}

const notebook = (...cells: readonly NotebookCell[]): Notebook => ({ backend: 'naive', jax: '0.10.2', cells });

/** Everything right. */
export const RIGHT: ReportData = {
  writtenAt: '2026-11-23T12:00:00.000Z',
  commit: 'abcdef123456',
  conformance: [
    conformanceRun([
      testResult('golden:padding/same-2d:dtype=float32'),
      testResult('golden:padding/valid-2d:dtype=float16', {
        status: 'unsupported',
        expected: { query: '*float16', status: 'unsupported', reason: 'no float16 here' },
        kernels: [],
      }),
      testResult('property:linearity', { kernels: [{ kernel: 'float32-direct-1x1', errorOverBound: 0.5 }] }),
    ]),
  ],
  bench: [benchResult([measured('naive', 4), measured('naive · lax.conv', 8)])],
  notRun: [{ what: 'chromium', why: 'none was found', how: 'Install one.' }],
  notebook: notebook(cell(1), cell(2, { check: { status: 'right', maxDifference: null, errorOverBound: null } })),
};

/** Everything wrong, in hostile words. */
export const WRONG: ReportData = {
  writtenAt: '2026-11-23T12:00:00.000Z',
  commit: HOSTILE,
  conformance: [
    conformanceRun(
      [
        testResult(`golden:${HOSTILE}:x=1`, {
          status: 'fail',
          ok: false,
          message: HOSTILE,
          snippet: HOSTILE,
          replay: { seed: 1, path: HOSTILE },
          kernels: [{ kernel: HOSTILE, errorOverBound: 12 }],
        }),
        testResult('golden:b:x=1', { status: 'timeout', ok: false, message: 'it took more than 30 s', kernels: [] }),
        testResult('golden:c:x=1', { ok: false, expected: { query: '*', status: 'fail', reason: HOSTILE } }),
      ],
      {
        backend: { name: HOSTILE, info: { nonFinite: HOSTILE, threads: { why: HOSTILE } }, module: HOSTILE },
        platform: { runtime: HOSTILE, os: HOSTILE, arch: HOSTILE, cpus: 1 },
        filter: HOSTILE,
        notRun: [{ id: HOSTILE, reason: HOSTILE }],
        staleExpectations: [{ query: HOSTILE, reason: HOSTILE }],
        ok: false,
      },
    ),
  ],
  bench: [
    {
      ...benchResult([
        { implementation: HOSTILE, backend: HOSTILE, status: 'wrong', kernel: HOSTILE, reason: HOSTILE },
        { implementation: 'other', backend: 'other', status: 'unsupported', kernel: null, reason: 'no' },
        measured(HOSTILE, 4),
      ]),
      complete: false,
      only: HOSTILE,
    },
  ],
  notRun: [{ what: HOSTILE, why: HOSTILE, how: HOSTILE }],
  notebook: notebook(
    cell(1, {
      title: HOSTILE,
      python: HOSTILE,
      typescript: HOSTILE,
      printed: [HOSTILE],
      pictures: [plotLines([{ x: [0], y: [0], label: HOSTILE }], HOSTILE)],
      check: { status: 'wrong', reason: HOSTILE },
    }),
  ),
};
