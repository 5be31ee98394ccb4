/** Peers through the runner: verified like ours, timed by their own clock where they bring one, and named when they do not start. */
import { createBackend } from '@laxconv/naive';
import { describe, expect, it } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import { layer } from '../cases/describe-call.ts';
import { loopsPeer, type LoopsOptions } from '../peers/loops-peer.test.fixture.ts';
import { peerBackend } from '../peers/peer-backend.ts';
import { parseBenchResult, type BenchResult } from '../result/result.ts';
import { summaryLines } from '../result/summary.ts';
import { estimateRatio } from '../statistics/statistics.ts';
import { ENVIRONMENT } from './environment.test.fixture.ts';
import { runBench } from './run-bench.ts';
import { runCase } from './run-case.ts';
import { startPeers } from './start-peers.ts';

const CASE: BenchCase = { name: 'test/conv', about: 'a small layer', call: layer([1, 6, 6, 4], [3, 3, 4, 4]), quick: true };
const row = (name: string, options: LoopsOptions = {}) => ({
  name,
  about: 'loops',
  start: async () => peerBackend(loopsPeer({ name, ...options })),
});

async function bench(rows: Parameters<typeof startPeers>[0], cases = [CASE]): Promise<BenchResult> {
  const peers = await startPeers(rows);
  const backends = [await createBackend(), ...peers.backends];
  const signal = new AbortController().signal;
  const result = await runBench({
    cases,
    backends,
    peers: peers.records,
    restart: peers.restart,
    mode: 'quick',
    environment: ENVIRONMENT,
    signal,
  });
  return parseBenchResult(JSON.stringify(result), 'here');
}

describe('peers in a run', () => {
  it('stand beside ours with their ratio, wrong and untimed where they are wrong, named where they do not start', async () => {
    const missing = { name: 'missing', about: 'not there', start: () => Promise.reject(new Error('it is not installed')) };
    const result = await bench([row('right'), row('wrong', { change: (y) => (y[5] += 1) }), missing]);
    expect(result.peers).toEqual([
      { name: 'right', about: 'loops (loops 1.0)', notRun: null },
      { name: 'wrong', about: 'loops (loops 1.0)', notRun: null },
      { name: 'missing', about: 'not there', notRun: 'it is not installed' },
    ]);
    const { results } = result.cases[0];
    expect(results.map(({ backend, status }) => [backend, status])).toEqual([
      ['naive', 'measured'],
      ['right', 'measured'],
      ['wrong', 'wrong'],
    ]);
    expect(results[2]).not.toHaveProperty('rounds');
    const lines = summaryLines(result);
    expect(lines.join('\n')).toMatch(/time ÷ naive/);
    expect(lines.find((line) => line.startsWith('  right'))).toMatch(/GFLOP|ms|µs/);
    expect(lines).toContain('missing did not run: it is not installed');
    expect(lines.some((line) => line.startsWith('  wrong: wrong: '))).toBe(true);
  });

  it('are started anew after a case in which they failed', async () => {
    let starts = 0;
    const start = async () => {
      const broken = ++starts === 1;
      const change = (): void => {
        if (broken) throw new Error('memory access out of bounds');
      };
      return peerBackend(loopsPeer({ name: 'fragile', change }));
    };
    const { cases } = await bench([{ name: 'fragile', about: 'loops', start }], [CASE, CASE]);
    expect(cases.map(({ results }) => results.map(({ status }) => status))).toEqual([
      ['measured', 'failed'],
      ['measured', 'measured'],
    ]);
    expect(starts).toBe(2);
  });

  it('are timed by their own clock where they bring one', async () => {
    const options = { rounds: 3, roundMs: 5, warmUpMs: 1, signal: new AbortController().signal };
    const clock = (ms: number) => ({ sample: async (calls: number) => calls * ms });
    const backends = [peerBackend(loopsPeer({ name: 'one', ...clock(1) })), peerBackend(loopsPeer({ name: 'two', ...clock(2) }))];
    const { results } = await runCase(CASE, backends, options);
    const [one, two] = results.map((result) => (result.status === 'measured' ? result.rounds : []));
    expect(estimateRatio(two, one)).toEqual({ value: 2, low: 2, high: 2 });
  });
});
