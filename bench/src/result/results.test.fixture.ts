/** Result files for tests: right ones, ones in which things went wrong, and strings that try to be markup. */
import type { RunResult, TestResult } from '@laxconv/conformance';
import type { BenchCaseResult, BenchResult, ImplementationResult, Measured } from './result.ts';

/** What a hostile result file would write everywhere. */
export const HOSTILE = `</code></pre></script><script>document.title='owned'</script><img src=x onerror="document.title='owned'">'"&`;

/** A time of `ms`, with rounds that differ by some per cent. */
export function measured(implementation: string, ms: number, rest: Partial<Measured> = {}): Measured {
  return {
    implementation,
    backend: implementation.split(' · ')[0],
    status: 'measured',
    kernel: 'float32-direct-1x1',
    reasons: ['about 3 µs: direct loops'],
    errorOverBound: 0.1,
    prepareMs: 0.2,
    batch: 1,
    rounds: [[ms], [ms * 1.02], [ms * 0.98], [ms * 1.01], [ms]],
    ...rest,
  };
}

export function notMeasured(
  backend: string,
  status: 'wrong' | 'unsupported' | 'failed' | 'interrupted',
  reason: string,
): ImplementationResult {
  return { implementation: backend, backend, status, kernel: null, reason };
}

export function benchCase(name: string, results: readonly ImplementationResult[], dtype = 'float32'): BenchCaseResult {
  return {
    name,
    about: `What ${name} is`,
    call: { fn: 'lax.conv', operands: [] },
    part: 'result',
    weights: 'uniform',
    problem: { lhs: { shape: [1], dtype } },
    multiplyAdds: 1e6,
    results: [...results],
  };
}

export function benchResult(cases: readonly BenchCaseResult[], rest: Partial<BenchResult> = {}): BenchResult {
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
    cases: [...cases],
    ...rest,
  };
}

export function testResult(id: string, rest: Partial<TestResult> = {}): TestResult {
  return { id, status: 'pass', ok: true, ms: 1.5, kernels: [{ kernel: 'float32-direct-1x1', errorOverBound: 0.25 }], ...rest };
}

/** A refusal that the expectations foresee. */
export function refused(id: string, reason: string): TestResult {
  return testResult(id, { status: 'unsupported', kernels: [], expected: { query: '*', status: 'unsupported', reason } });
}

export function conformanceRun(backend: string, tests: readonly TestResult[], rest: Partial<RunResult> = {}): RunResult {
  const of = (status: TestResult['status']): number => tests.filter((test) => test.status === status).length;
  const ok = tests.filter((test) => test.ok).length;
  return {
    format: 1,
    suite: '0.0.0',
    backend: { name: backend, info: { nonFinite: 'ieee', threads: 1 }, module: './naive.js' },
    platform: { runtime: 'node 24.21.0', os: 'linux', arch: 'x64', cpus: 2 },
    seed: 7,
    runs: 100,
    started: '2026-11-23T12:00:00.000Z',
    ms: 61_000,
    tests: [...tests],
    notRun: [],
    expectations: [],
    staleExpectations: [],
    totals: {
      tests: tests.length,
      ok,
      pass: of('pass'),
      fail: of('fail'),
      unsupported: of('unsupported'),
      timeout: of('timeout'),
      crash: of('crash'),
      notRun: 0,
    },
    ok: ok === tests.length,
    ...rest,
  };
}
