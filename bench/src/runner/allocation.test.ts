/** An audio thread must not wait for the garbage collector: what `runSync` with `out` costs above a backend is no garbage. */
import { Session } from 'node:inspector/promises';
import { laxconvOn } from '@laxconv/api';
import type { Tensor } from '@laxconv/api/backend';
import { expect, test } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import { CASES } from '../cases/cases.ts';
import { taskOf } from '../cases/task-of.ts';
import { idleBackend } from './idle-backend.ts';

const RUNS = 100_000;
const ARGS = [[1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] }] as const;

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
  const task = taskOf(CASES.find(({ overhead }) => overhead) as BenchCase);
  const instance = laxconvOn(await idleBackend(task));
  const prepared = await instance.lax.prepareConvGeneralDilated(task.lhs as Tensor<'float32'>, task.rhs as Tensor<'float32'>, ...ARGS);
  const options = { out: await prepared.run(task.lhs as Tensor<'float32'>) };
  const runs = (): void => {
    for (let i = 0; i < RUNS; i++) prepared.runSync(task.lhs as Tensor<'float32'>, options);
  };
  // Code that is not compiled yet boxes numbers: the first rounds are for the compiler, whose pace is not ours to set.
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) rounds.push((await allocated(runs)) / RUNS);
  expect(Math.min(...rounds)).toBeLessThan(1);
  await instance.dispose();
});
