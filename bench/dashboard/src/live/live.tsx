/** The live section: the suite and the benchmark in the reader's own browser. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ReadGolden } from '@laxconv/conformance';
import { FIRST_BACKEND, PAGE_BACKENDS } from '../backends/page-backends.ts';
import type { ResultStore } from '../results/result-store.ts';
import { LiveEnding, type Ending } from './live-ending.tsx';
import { LiveFacts } from './live-facts.tsx';
import { LiveForm, type Choice } from './live-form.tsx';
import { LiveResult } from './live-result.tsx';
import type { LiveJob } from './live-job.ts';
import type { Progress } from './live-watch.ts';
import { ProgressView } from './progress-view.tsx';
import { fileOf, type AnyResult } from './result-text.ts';
import { runLive } from './run-live.ts';

export interface LiveProps {
  readonly read: ReadGolden;
  readonly store: ResultStore;
}

export function Live({ read, store }: LiveProps): JSX.Element {
  const [choice, setChoice] = useState<Choice>({ what: 'quick suite', backends: [FIRST_BACKEND] });
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isStopping, setIsStopping] = useState(false);
  const [results, setResults] = useState<readonly AnyResult[]>([]);
  const [ending, setEnding] = useState<Ending | null>(null);
  const [ownThread, setOwnThread] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setEnding(null);
    setOwnThread(null);
    const jobs = jobsOf(choice, store.results.commit);
    for (const [index, job] of jobs.entries()) {
      if (signal.aborted) break;
      const outcome = await runLive(job, { read, signal, show: setProgress, onOwnThread: setOwnThread });
      setEnding({ outcome, wasCancelled: signal.aborted, left: jobs.slice(index + 1) });
      const { result } = outcome;
      if (result !== null) {
        setResults((before) => [...before, result]);
        store.add([{ ...result, name: fileOf(result).name, role: 'added' }]);
      }
      if (outcome.broken !== null) break;
    }
    running.current = null;
    setIsStopping(false);
    setProgress(null);
  };
  const cancel = (): void => {
    running.current?.abort();
    setIsStopping(true);
  };
  return (
    <>
      <h2>Live</h2>
      <p>
        The conformance suite and the benchmark, in your own browser. What comes of it is a result file like any other: it joins the other
        sections of this page, and can be saved.
      </p>
      <LiveFacts read={read} />
      <LiveForm
        choice={choice}
        isRunning={progress !== null}
        isStopping={isStopping}
        onChange={setChoice}
        onRun={() => void run()}
        onCancel={cancel}
      />
      {ownThread !== null && <p role="note">{ownThread}</p>}
      {progress !== null && <ProgressView progress={progress} />}
      {progress === null && ending !== null && <LiveEnding ending={ending} />}
      {results.toReversed().map((any) => (
        <LiveResult key={fileOf(any).name} any={any} />
      ))}
    </>
  );
}

/** The suite on one backend after the other; the benchmark on all of them at once. */
function jobsOf({ what, backends }: Choice, commit: string | null): readonly LiveJob[] {
  const chosen = PAGE_BACKENDS.map(({ name }) => name).filter((name) => backends.includes(name));
  if (what === 'benchmark') return [{ what, backends: chosen, commit }];
  return chosen.map((backend) => ({ what: 'suite', backend, quick: what === 'quick suite' }));
}
