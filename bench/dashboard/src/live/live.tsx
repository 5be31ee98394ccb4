/** The live section: the suite and the benchmark in the reader's own browser. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ReadGolden } from '@laxconv/conformance';
import { messageOf } from '../../../src/format/message-of.ts';
import { FIRST_BACKEND, PAGE_BACKENDS } from '../backends/page-backends.ts';
import type { ResultStore } from '../results/result-store.ts';
import { LiveForm, type Choice } from './live-form.tsx';
import { LiveResult } from './live-result.tsx';
import { countTests, runBenchHere, runSuiteHere, threadsHere, type Progress } from './live-run.ts';
import { ProgressView } from './progress-view.tsx';
import { fileOf, type AnyResult } from './result-text.ts';

export interface LiveProps {
  readonly read: ReadGolden;
  readonly store: ResultStore;
}

export function Live({ read, store }: LiveProps): JSX.Element {
  const [choice, setChoice] = useState<Choice>({ what: 'quick suite', backends: [FIRST_BACKEND] });
  const [progress, setProgress] = useState<Progress | null>(null);
  const [results, setResults] = useState<readonly AnyResult[]>([]);
  const [reason, setReason] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const finish = (any: AnyResult): void => {
    setResults((before) => [...before, any]);
    store.add([{ ...any, name: fileOf(any).name, role: 'added' }]);
  };
  const run = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setReason(null);
    const controls = { signal: controller.signal, tell: setProgress };
    const chosen = PAGE_BACKENDS.filter(({ name }) => choice.backends.includes(name));
    try {
      if (choice.what === 'benchmark') {
        finish({ kind: 'bench', result: await runBenchHere(chosen, store.results.commit, controls) });
      } else {
        for (const backend of chosen) {
          if (controller.signal.aborted) break;
          finish({ kind: 'conformance', result: await runSuiteHere(backend, read, choice.what === 'quick suite', controls) });
        }
      }
    } catch (error) {
      setReason(messageOf(error));
    } finally {
      running.current = null;
      setProgress(null);
    }
  };
  return (
    <>
      <h2>Live</h2>
      <p>
        The conformance suite and the benchmark, in your own browser. What comes of it is a result file like any other: it joins the other
        sections of this page, and can be saved.
      </p>
      <Facts read={read} />
      <LiveForm
        choice={choice}
        isRunning={progress !== null}
        onChange={setChoice}
        onRun={() => void run()}
        onCancel={() => running.current?.abort()}
      />
      {progress !== null && <ProgressView progress={progress} />}
      {reason !== null && (
        <p role="alert" class="verdict wrong">
          <strong>It could not run:</strong> {reason}
        </p>
      )}
      {results.toReversed().map((any) => (
        <LiveResult key={fileOf(any).name} any={any} />
      ))}
    </>
  );
}

/** How much of the suite is run, and on how many threads. */
function Facts({ read }: Pick<LiveProps, 'read'>): JSX.Element {
  const [counts, setCounts] = useState('');
  const [threads, setThreads] = useState('');
  useEffect(() => {
    const find = async (): Promise<void> => {
      const wasm = PAGE_BACKENDS.find(({ name }) => name === FIRST_BACKEND);
      if (wasm !== undefined) setThreads(await sentence(async () => `${wasm.name} runs here on ${await threadsHere(wasm)}.`));
      setCounts(
        await sentence(async () => {
          const { all, quick } = await countTests(read);
          return `The quick subset has ${quick.toLocaleString('en')} of the suite’s ${all.toLocaleString('en')} tests: of JAX’s goldens one for every function × dtype × family × outcome (each broken rule is one), and every test of the other families, with 20 random runs instead of 100.`;
        }),
      );
    };
    void find();
  }, [read]);
  return (
    <ul class="live-facts quiet">
      <li>{counts || 'Counting the tests …'}</li>
      {threads !== '' && <li>{threads}</li>}
    </ul>
  );
}

/** What is found, or why it is not. */
async function sentence(find: () => Promise<string>): Promise<string> {
  try {
    return await find();
  } catch (error) {
    return messageOf(error);
  }
}
