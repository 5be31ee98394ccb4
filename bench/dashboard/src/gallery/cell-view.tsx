/** A cell of the notebook: the programs, what they printed and drew, and how far that is from what JAX did. */
import type { JSX } from 'preact';
import { formatMs, formatNumber, formatPercent } from '../../../src/format/format.ts';
import type { CellCheck, NotebookCell } from '../../../src/notebook/notebook.ts';
import { CodeBlock } from '../code/code-block.tsx';
import { cellSources } from './cell-sources.ts';
import { PictureView } from './picture-view.tsx';

export interface CellViewProps {
  readonly number: number;
  readonly title: string;
  readonly file: string;
  /** Null until it has run. */
  readonly cell: NotebookCell | null;
}

export function CellView({ number, title, file, cell }: CellViewProps): JSX.Element {
  const { python, typescript } = cellSources(file);
  return (
    <article class="cell" id={`cell-${number}`} aria-labelledby={`cell-${number}-title`}>
      <h3 id={`cell-${number}-title`}>
        {number}. {title} <CellStatus cell={cell} />
      </h3>
      <div class="code-pair">
        <CodeBlock title="TypeScript" language="typescript" code={typescript} label={`TypeScript of cell ${number}`} />
        <CodeBlock title="Python, with JAX" language="python" code={python} label={`Python of cell ${number}`} />
      </div>
      {cell !== null && <CellOutput cell={cell} />}
    </article>
  );
}

function CellStatus({ cell }: Pick<CellViewProps, 'cell'>): JSX.Element {
  if (cell === null) return <span class="badge quiet">not run yet</span>;
  const isRight = cell.check.status === 'right';
  return (
    <>
      <span class={`badge ${isRight ? 'right' : 'wrong'}`}>{isRight ? '✓ as JAX' : '✗ not as JAX'}</span>{' '}
      <span class="quiet">{formatMs(cell.ms)}</span>
    </>
  );
}

function CellOutput({ cell: { printed, pictures, check } }: { readonly cell: NotebookCell }): JSX.Element {
  return (
    <>
      {printed.length > 0 && (
        <pre class="printed" aria-label="Printed" tabIndex={0}>
          {printed.join('\n')}
        </pre>
      )}
      <div class="pictures">
        {pictures.map((picture, place) => (
          <PictureView key={place} picture={picture}>
            {/* A cell draws its result last, and before it what went in. */}
            {place === pictures.length - 1 ? <Difference check={check} /> : 'what goes in'}
          </PictureView>
        ))}
      </div>
      {(pictures.length === 0 || check.status === 'wrong') && (
        <p>
          <Difference check={check} />
        </p>
      )}
    </>
  );
}

function Difference({ check }: { readonly check: CellCheck }): JSX.Element {
  if (check.status === 'wrong') return <span class="badge wrong">{check.reason}</span>;
  const { maxDifference, errorOverBound } = check;
  if (maxDifference === null || errorOverBound === null) return <span class="right-text">JAX’s, exactly</span>;
  return (
    <>
      largest difference from JAX {formatNumber(maxDifference)};{' '}
      <span class="right-text">within the bound, of which it uses {formatPercent(errorOverBound)}</span>
    </>
  );
}
