/**
 * Runs one case: every contender is prepared, its result verified, and only then are the right ones timed, in rounds that go over all
 * contenders, so that a busy moment of the machine hits all of them.
 */
import { isDeviceTensor, isUnsupportedProblem, type Backend, type ErrorBound, type Tensor } from '@laxconv/api/backend';
import { resolve } from '@laxconv/api';
import { messageOf } from '../format/message-of.ts';
import type { BenchCase } from '../cases/bench-case.ts';
import { operandsOf } from '../cases/operands.ts';
import type { BenchCaseResult, ImplementationResult, Measured } from '../result/result.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { PREPARED_CALLS, preparedCallContender, preparedContender, publicContender, type Contender, type Task } from './contender.ts';
import { idleBackend } from './idle-backend.ts';
import { chooseBatch, timeRound } from './timing.ts';
import { verifierOf, type Verdict } from './verify.ts';

export interface CaseOptions {
  readonly rounds: number;
  /** Time for one contender in one round. */
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly signal: AbortSignal;
  /** Called when a step is done, with the steps done and planned of this case. */
  readonly onStep?: (done: number, planned: number, what: string) => void;
}

interface Entry {
  readonly contender: Contender;
  readonly errorOverBound: number;
  readonly rounds: number[][];
  batch: number;
}

/** The result of one case on these backends. Never throws for what a backend does: that is in the result. */
export async function runCase(benchCase: BenchCase, backends: readonly Backend[], options: CaseOptions): Promise<BenchCaseResult> {
  const { name, about, call } = benchCase;
  const task = taskOf(benchCase);
  const results = new Map<string, ImplementationResult>();
  const entries: Entry[] = [];
  const verify = verifierOf(task);
  const kinds = kindsOf(benchCase);
  const contestants = benchCase.overhead === true ? [await idleBackend(task)] : backends;
  const planned = contestants.length * kinds.length * (options.rounds + 1);
  let done = 0;
  const step = (what: string): void => options.onStep?.(++done, planned, what);

  for (const backend of contestants) {
    for (const { label, start } of kinds) {
      const implementation = label === undefined ? backend.name : `${backend.name} · ${label}`;
      const ready = await enter({ backend, implementation, start, task, verify, signal: options.signal });
      if ('status' in ready) results.set(implementation, ready);
      else entries.push(ready);
      step(`${implementation}: verified`);
    }
  }

  try {
    await timeInterleaved(entries, options, step, results);
  } finally {
    for (const { contender } of entries) await contender.dispose();
  }
  for (const entry of entries) {
    const { implementation } = entry.contender;
    if (!results.has(implementation)) results.set(implementation, outcome(entry));
  }
  return {
    name,
    about,
    call,
    problem: task.problem,
    multiplyAdds: benchCase.overhead === true ? null : multiplyAddsOf(task.problem),
    results: [...results.values()],
  };
}

function taskOf({ call }: BenchCase): Task {
  const [problem, ...more] = resolve(call);
  if (problem === undefined || more.length > 0) throw new Error('a bench case is one convolution');
  const [lhs, rhs] = operandsOf(call);
  return { call, problem, lhs, rhs };
}

interface Kind {
  /** What stands behind the backend's name. */
  readonly label?: string;
  readonly start: (backend: Backend, task: Task) => Promise<Contender>;
}

/** What is timed on each backend. */
export function kindsOf({ call, publicCall, overhead }: BenchCase): readonly Kind[] {
  return [
    { start: preparedContender },
    ...(publicCall === true || overhead === true ? [{ label: call.fn, start: publicContender }] : []),
    ...(overhead === true ? PREPARED_CALLS.map((label) => ({ label, start: preparedCallContender(label) })) : []),
  ];
}

interface Entrant {
  readonly backend: Backend;
  readonly implementation: string;
  readonly start: Kind['start'];
  readonly task: Task;
  readonly verify: (got: Tensor, errorBound: ErrorBound) => Verdict;
  readonly signal: AbortSignal;
}

/** A contender whose first result is right, or why there is none to time. */
async function enter({ backend, implementation, start, task, verify, signal }: Entrant): Promise<Entry | ImplementationResult> {
  const without = (
    status: 'wrong' | 'unsupported' | 'failed' | 'interrupted',
    reason: string,
    kernel: string | null = null,
  ): ImplementationResult => ({
    implementation,
    backend: backend.name,
    status,
    kernel,
    reason,
  });
  if (signal.aborted) return without('interrupted', 'the run was interrupted before this');
  let contender: Contender | undefined;
  try {
    contender = await start(backend, task);
    const verdict = verify(onHost(await contender.run()), contender.errorBound);
    if (verdict.right) return { contender, errorOverBound: verdict.errorOverBound, rounds: [], batch: 1 };
    await contender.dispose();
    return without('wrong', verdict.reason, contender.kernel);
  } catch (error) {
    await contender?.dispose();
    return without(isUnsupportedProblem(error) ? 'unsupported' : 'failed', messageOf(error), contender?.kernel ?? null);
  }
}

/** Cases have host operands, so the contract promises a host result. */
function onHost(result: unknown): Tensor {
  if (isDeviceTensor(result)) throw new Error('the operands are in host memory, and the result is on a device');
  return result as Tensor;
}

async function timeInterleaved(
  entries: readonly Entry[],
  options: CaseOptions,
  step: (what: string) => void,
  results: Map<string, ImplementationResult>,
): Promise<void> {
  const { rounds, roundMs, warmUpMs, signal } = options;
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    // Each round begins with another contender: who comes first is not always the same.
    for (let turn = 0; turn < entries.length; turn++) {
      const entry = entries[(turn + round) % entries.length];
      const { contender } = entry;
      if (signal.aborted || results.has(contender.implementation)) continue;
      try {
        if (round === 0) entry.batch = await chooseBatch(contender.run, warmUpMs);
        const samples = await timeRound(contender.run, entry.batch, { minimumMs: roundMs, minimumSamples: 1, signal });
        if (samples !== null) entry.rounds.push(samples);
      } catch (error) {
        const { implementation, backend, kernel } = contender;
        results.set(implementation, { implementation, backend, kernel, status: 'failed', reason: messageOf(error) });
      }
      step(`${contender.implementation}: round ${round + 1} of ${rounds}`);
    }
  }
}

function outcome({ contender, errorOverBound, rounds, batch }: Entry): ImplementationResult {
  const { implementation, backend, kernel, prepareMs } = contender;
  if (rounds.length === 0) {
    return { implementation, backend, kernel, status: 'interrupted', reason: 'the run was interrupted before the first round ended' };
  }
  return { implementation, backend, kernel, status: 'measured', errorOverBound, prepareMs, batch, rounds } satisfies Measured;
}
