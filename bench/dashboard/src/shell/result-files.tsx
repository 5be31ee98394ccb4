/** Which result files the page shows, and how more are added: chosen, or dropped anywhere on the page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { countOf } from '../../../src/format/format.ts';
import { messageOf } from '../../../src/format/message-of.ts';
import { readResultFile } from '../../../src/result/read-result-file.ts';
import type { LoadedFile, ResultStore } from '../results/result-store.ts';
import { useResults } from '../results/use-results.ts';

export function ResultFiles({ store }: { readonly store: ResultStore }): JSX.Element {
  const { files } = useResults(store);
  const [complaints, setComplaints] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const add = async (chosen: readonly File[]): Promise<void> => {
    const read = await Promise.all(chosen.map(readFile));
    store.add(read.flatMap(({ file }) => file ?? []));
    setComplaints(read.flatMap(({ complaint }) => complaint ?? []));
  };
  useDroppedFiles(add);
  return (
    <details class="files">
      <summary>{countOf(files.length, 'result file')}</summary>
      <p class="quiet">
        Add more to compare: files of <code>pnpm bench</code> and of <code>npx @laxconv/conformance run --json</code>, chosen here or
        dropped on the page. They are read in this browser, go nowhere, and are checked first.
      </p>
      <label>
        Add result files
        <input
          type="file"
          accept=".json,application/json"
          multiple
          ref={input}
          onChange={({ currentTarget }) => {
            void add([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </label>
      <ul>
        {files.map((file, index) => (
          <li key={index}>{describe(file)}</li>
        ))}
      </ul>
      <Complaints complaints={complaints} />
    </details>
  );
}

function Complaints({ complaints }: { readonly complaints: readonly string[] }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A file may be dropped while the list is closed.
    if (complaints.length > 0) list.current?.closest('details')?.setAttribute('open', '');
  }, [complaints]);
  return (
    <div role="alert" class={complaints.length > 0 ? 'verdict wrong' : ''} ref={list}>
      {complaints.map((complaint) => (
        <p key={complaint}>{complaint}.</p>
      ))}
    </div>
  );
}

interface ReadFile {
  readonly file?: LoadedFile;
  readonly complaint?: string;
}

async function readFile(file: File): Promise<ReadFile> {
  try {
    return { file: { ...readResultFile(await file.text(), file.name), role: 'added' } };
  } catch (error) {
    return { complaint: messageOf(error) };
  }
}

function describe({ name, kind, result, role }: LoadedFile): string {
  if (kind === 'bench') {
    const { startedAt, environment, cases } = result;
    return `${name}: benchmark of ${startedAt.slice(0, 16).replace('T', ' ')} UTC on ${environment.platform}, ${countOf(cases.length, 'case')}`;
  }
  return `${name}: conformance of ${result.backend.name}${role === 'peer' ? ', a peer,' : ''} on ${result.platform.runtime}, ${countOf(result.totals.tests, 'test')}`;
}

function useDroppedFiles(add: (files: readonly File[]) => Promise<void>): void {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        void add([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => stop.abort();
  }, []);
}
