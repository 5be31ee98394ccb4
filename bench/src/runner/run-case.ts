/**
 * Runs one case: every contender is prepared, its result verified, and only then are the right ones timed, in rounds that go over all
 * contenders, so that a busy moment of the machine hits all of them.
 */
import { isUnsupportedProblem, type Backend, type ErrorBound, type Tensor } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';
import type { BenchCase } from '../cases/bench-case.ts';
import { taskOf, type Task } from '../cases/task-of.ts';
import { isPeer } from '../peers/peer.ts';
import type { BenchCaseResult, ImplementationResult } from '../result/result.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { idleBackend } from './idle-backend.ts';
import { PREPARED, PREPARED_CALLS, publicEntrance, SYNCHRONOUS, type Contender, type Entrance } from './contender.ts';
import { timeInterleaved, type Entry, type TimingOptions } from './time-interleaved.ts';
import { pause } from './pause.ts';
import { verifierOf, type Verdict } from './verify.ts';

export interface CaseOptions extends TimingOptions {
  /** Called when a step is done, with the steps done and planned of this case. */
  readonly onStep?: (done: number, planned: number, what: string) => void;
}

/** The result of one case on these backends. Never throws for what a backend does: that is in the result. */
export async function runCase(benchCase: BenchCase, backends: readonly Backend[], options: CaseOptions): Promise<BenchCaseResult> {
  const { name, about, call, part = 'result', weights = 'uniform', overhead = false } = benchCase;
  const task = taskOf(benchCase);
  const results = new Map<string, ImplementationResult | null>();
  const entries: Entry[] = [];
  const verify = verifierOf(task);
  const contestants = overhead ? [await idleBackend(task)] : backends;
  const ways = contestants.map((backend) => ({ backend, entrances: entrancesOf(benchCase, backend) }));
  const planned = ways.reduce((sum, { entrances }) => sum + entrances.length, 0) * (options.rounds + 1);
  const { settleMs = 0 } = options;
  let done = 0;
  const step = (what: string): void => options.onStep?.(++done, planned, what);

  for (const { backend, entrances } of ways) {
    for (const entrance of entrances) {
      if (settleMs > 0) await pause(settleMs);
      const implementation = `${backend.name}${entrance.suffix}`;
      const ready = await enter({ backend, implementation, entrance, task, verify, signal: options.signal });
      // Contenders keep the order of the backends, however they end.
      results.set(implementation, ready !== null && 'status' in ready ? ready : null);
      if (ready !== null && 'contender' in ready) entries.push(ready);
      step(`${implementation}: verified`);
    }
  }

  try {
    const timings = await timeInterleaved(entries, options, step);
    for (const timing of timings) results.set(timing.implementation, timing);
  } finally {
    for (const { contender } of entries) {
      const reason = await disposeOf(contender);
      const { implementation, backend, kernel } = contender;
      if (reason !== null) results.set(implementation, { implementation, backend, kernel, status: 'failed', reason });
    }
  }
  const shown = [...results.values()].filter((result) => result !== null);
  const multiplyAdds = overhead ? null : multiplyAddsOf(task.problem);
  return { name, about, call, part, weights, problem: task.problem, multiplyAdds, results: shown };
}

/** A peer's own way is all that is asked of it. */
function entrancesOf({ call, publicCall, sync, overhead }: BenchCase, backend: Backend): readonly Entrance[] {
  if (isPeer(backend)) return [PREPARED];
  if (overhead === true) return [PREPARED, publicEntrance(call.fn), ...PREPARED_CALLS];
  return [PREPARED, ...(sync === true ? [SYNCHRONOUS] : []), ...(publicCall === true ? [publicEntrance(call.fn)] : [])];
}

interface Entrant {
  readonly backend: Backend;
  readonly implementation: string;
  readonly entrance: Entrance;
  readonly task: Task;
  readonly verify: (got: Tensor, errorBound: ErrorBound) => Verdict;
  readonly signal: AbortSignal;
}

/** A contender whose first result is right, or why there is none to time; null where there is nothing to say. */
async function enter({ backend, implementation, entrance, task, verify, signal }: Entrant): Promise<Entry | ImplementationResult | null> {
  const without = (
    status: 'wrong' | 'unsupported' | 'failed' | 'interrupted',
    reason: string,
    kernel: string | null = null,
  ): ImplementationResult => ({ implementation, backend: backend.name, status, kernel, reason });
  if (signal.aborted) return without('interrupted', 'the run was interrupted before this');
  let contender: Contender | null = null;
  try {
    contender = await entrance.start(backend, task);
    if (contender === null) return null;
    const started = performance.now();
    const got = await contender.result();
    const verifiedMs = performance.now() - started;
    const verdict = verify(got, contender.errorBound);
    if (verdict.right) {
      const firstMs = contender.onDevice === true ? await contender.sample(1) : verifiedMs;
      return { contender, errorOverBound: verdict.errorOverBound, firstMs, rounds: [], batch: 1 };
    }
    await disposeOf(contender);
    return without('wrong', verdict.reason, contender.kernel);
  } catch (error) {
    if (contender !== null) await disposeOf(contender);
    return without(isUnsupportedProblem(error) ? 'unsupported' : 'failed', messageOf(error), contender?.kernel ?? null);
  }
}

/** What went wrong at the end of a contender, or null. One that has crashed may not even be disposed of. */
async function disposeOf(contender: Contender): Promise<string | null> {
  try {
    await contender.dispose();
    return null;
  } catch (error) {
    return `dispose: ${messageOf(error)}`;
  }
}
