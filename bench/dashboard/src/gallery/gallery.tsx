/** The gallery: JAX's notebook, run in this page on the backend that the reader picks. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ReadGolden } from '@laxconv/conformance';
import { countOf } from '../../../src/format/format.ts';
import { CELLS } from '../../../src/notebook/cells.ts';
import { FIRST_BACKEND, PAGE_BACKENDS } from '../backends/page-backends.ts';
import { CellView } from './cell-view.tsx';
import { runGallery, type GalleryState } from './gallery-run.ts';

export interface GalleryProps {
  readonly read: ReadGolden;
  /** The backend that the page's address asks for; null for the first. */
  readonly asked: string | null;
  readonly onBackend: (name: string) => void;
}

export function Gallery({ read, asked, onBackend }: GalleryProps): JSX.Element {
  const [name, setName] = useState(PAGE_BACKENDS.some((each) => each.name === asked) ? (asked ?? FIRST_BACKEND) : FIRST_BACKEND);
  const [state, setState] = useState<GalleryState | null>(null);
  useEffect(() => {
    const backend = PAGE_BACKENDS.find((each) => each.name === name);
    if (backend === undefined) return undefined;
    const controller = new AbortController();
    void runGallery(backend, read, controller.signal, setState);
    return () => controller.abort();
  }, [name, read]);
  const choose = (next: string): void => {
    setName(next);
    onBackend(next);
  };
  return (
    <>
      <h2>Gallery</h2>
      <p>
        JAX’s notebook <cite>Generalized convolutions in JAX</cite>, run now, in this page: every cell in TypeScript beside its Python, what
        it draws, and how far that is from what JAX computed. <a href="#playground">The playground</a> has a convolution of your own.
      </p>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Backend
          <select value={name} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {PAGE_BACKENDS.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </label>
        <GalleryStatus state={state} />
      </form>
      {CELLS.map(({ file, title }, place) => (
        <CellView key={file} number={place + 1} title={title} file={file} cell={state?.cells[place] ?? null} />
      ))}
    </>
  );
}

function GalleryStatus({ state }: { readonly state: GalleryState | null }): JSX.Element {
  if (state === null) return <p role="status">starting</p>;
  const { status, cells, jax, reason, backend, threads } = state;
  if (status === 'failed')
    return (
      <p role="alert" class="verdict wrong">
        <strong>{backend} did not run it:</strong> {reason}
      </p>
    );
  const right = cells.filter(({ check }) => check.status === 'right').length;
  const isRight = right === cells.length;
  const where = `${backend}${threads === '' ? '' : `, ${threads}`}`;
  if (status === 'running') return <p role="status">{`running cell ${cells.length + 1} of ${CELLS.length} on ${where}`}</p>;
  return (
    <p role="status" class={`verdict ${isRight ? 'right' : 'wrong'}`}>
      <strong>{isRight ? '✓' : '✗'}</strong> {right} of {countOf(cells.length, 'cell')} as JAX {jax} has them, on {where}
    </p>
  );
}
