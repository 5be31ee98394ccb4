/** Pages for the tests: everything right, everything wrong in hostile words, and nothing at all. */
import { embedFile, packJson } from '../../src/report/embed-data.ts';
import type { EmbeddedData, EmbeddedFile, FileRole } from '../../src/report/page-data.ts';
import { checkResult } from '../../src/result/read-result-file.ts';
import type { SuiteIndex } from '../../src/report/suite-index.ts';
import {
  benchCase,
  benchResult,
  conformanceRun,
  HOSTILE,
  measured,
  notMeasured,
  refused,
  testResult,
} from '../../src/result/results.test.fixture.ts';

const SUITE: SuiteIndex = {
  'golden:padding/same:dtype=float32': { fn: 'lax.conv', dtype: 'float32', about: 'SAME padding', explain: { call: { fn: 'lax.conv' } } },
  'golden:padding/same:dtype=float16': { fn: 'lax.conv', dtype: 'float16', about: 'SAME padding', explain: {} },
  'differential:strides:dtype=float16': { fn: null, dtype: 'float16', about: 'Strides.', explain: {} },
};

const TESTS = [
  testResult('golden:padding/same:dtype=float32'),
  refused('golden:padding/same:dtype=float16', 'no float16 here'),
  refused('differential:strides:dtype=float16', 'no float16 here'),
];

/** As the page keeps it; checked, so that a fixture is what a file could be. */
const file = (name: string, result: object, role: FileRole = 'judged', suite = SUITE): EmbeddedFile =>
  embedFile(checkResult(result, name), role, suite);

export const OLDER = benchResult([benchCase('layer/small', [measured('naive', 16), measured('wasm', 3)])], {
  startedAt: '2026-11-20T12:00:00.000Z',
});

export const RIGHT: EmbeddedData = {
  writtenAt: '2026-11-23T12:00:00.000Z',
  commit: 'abcdef123456',
  notRun: [{ what: 'chromium', why: '`npm start` runs in Node', how: 'Run `npm test`.' }],
  notebook: {
    backend: 'naive',
    jax: '0.10.2',
    cells: [{ number: 1, title: 'Smoothing', ms: 2, check: { status: 'right', maxDifference: 1e-7, errorOverBound: 0.2 } }],
  },
  files: [
    file('conformance-naive.json', conformanceRun('naive', TESTS)),
    file(
      'conformance-peer.json',
      conformanceRun('peer', [testResult('golden:padding/same:dtype=float32', { status: 'fail', ok: false, message: 'element [0] is 2' })]),
      'peer',
    ),
    file(
      'bench.json',
      benchResult(
        [
          benchCase('layer/small', [measured('naive', 16), measured('wasm', 2), notMeasured('peer', 'wrong', 'element [0] is 2, not 1')]),
          benchCase('layer/large', [measured('naive', 100), measured('wasm', 200), notMeasured('peer', 'unsupported', 'too large for it')]),
          benchCase('signal/long', [measured('naive', 5), measured('wasm', 1)], 'float64'),
        ],
        { peers: [{ name: 'peer', about: 'a library', notRun: null }] },
      ),
    ),
  ],
  suite: packJson(SUITE),
};

const HOSTILE_SUITE: SuiteIndex = {
  'differential:strides:dtype=float32': { fn: null, dtype: 'float32', about: HOSTILE, explain: {} },
  [`golden:${HOSTILE}:x=1`]: { fn: HOSTILE, dtype: HOSTILE, about: HOSTILE, explain: { x: HOSTILE } },
};

export const WRONG: EmbeddedData = {
  writtenAt: '2026-11-23T12:00:00.000Z',
  commit: HOSTILE,
  notRun: [{ what: HOSTILE, why: HOSTILE, how: HOSTILE }],
  notebook: { backend: HOSTILE, jax: HOSTILE, cells: [{ number: 1, title: HOSTILE, ms: 2, check: { status: 'wrong', reason: HOSTILE } }] },
  files: [
    file(
      HOSTILE,
      conformanceRun(
        HOSTILE,
        [
          testResult(`golden:${HOSTILE}:x=1`, {
            status: 'fail',
            ok: false,
            message: HOSTILE,
            snippet: HOSTILE,
            replay: { seed: 1, path: HOSTILE },
            kernels: [{ kernel: HOSTILE, errorOverBound: 12 }],
          }),
          testResult('differential:strides:dtype=float32', { status: 'fail', ok: false, message: HOSTILE }),
          testResult('golden:b:x=1', { status: 'timeout', ok: false, message: 'it took more than 30 s', kernels: [] }),
        ],
        {
          platform: { runtime: HOSTILE, os: HOSTILE, arch: HOSTILE, cpus: 1 },
          filter: HOSTILE,
          notRun: [{ id: HOSTILE, reason: HOSTILE }],
          staleExpectations: [{ query: HOSTILE, reason: HOSTILE }],
        },
      ),
      'judged',
      HOSTILE_SUITE,
    ),
    file(
      'bench.json',
      benchResult(
        [benchCase(HOSTILE, [notMeasured(HOSTILE, 'wrong', HOSTILE), measured('x', 4, { kernel: HOSTILE, reasons: [HOSTILE] })])],
        {
          complete: false,
        },
      ),
    ),
  ],
  suite: packJson(HOSTILE_SUITE),
};

export const EMPTY: EmbeddedData = { writtenAt: null, commit: null, notRun: null, notebook: null, files: [], suite: null };
