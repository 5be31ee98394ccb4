/** An audio thread must not wait for the garbage collector: what `runSync` with `out` costs above a backend is no garbage. */
import { Session } from 'node:inspector/promises';
import { resolve } from '@laxconv/api';
import { expect, test } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import { CASES } from '../cases/cases.ts';
import { operandsOf } from '../cases/operands.ts';
import { preparedCallContender } from './contender.ts';
import { idleBackend } from './idle-backend.ts';

const RUNS = 100_000;

interface Node {
  readonly selfSize: number;
  readonly children: readonly Node[];
}

function bytesOf({ selfSize, children }: Node): number {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}

/** Bytes that V8 saw allocated, what is garbage by now included. */
async function allocated(action: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  action();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return bytesOf(profile.head);
}

test('a synchronous run of a prepared convolution allocates nothing', async () => {
  const { call } = CASES.find(({ overhead }) => overhead) as BenchCase;
  const [problem] = resolve(call);
  const [lhs, rhs] = operandsOf(call);
  const task = { call, problem, lhs, rhs };
  const { run, dispose } = await preparedCallContender('PreparedConv.runSync')(await idleBackend(task), task);
  const runs = (): void => {
    for (let i = 0; i < RUNS; i++) run();
  };
  // Code that is not compiled yet boxes numbers: the first rounds are for the compiler, whose pace is not ours to set.
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) rounds.push((await allocated(runs)) / RUNS);
  expect(Math.min(...rounds)).toBeLessThan(1);
  await dispose();
});
