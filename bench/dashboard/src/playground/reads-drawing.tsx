/** The drawing: input, kernel and result as cells, with what the chosen output element reads. */
import { convGeometry, type ConvProblem } from '@laxconv/api/backend';
import type { JSX } from 'preact';
import { CellGrid, type CellLook } from './cell-grid.tsx';
import { cellsOf, countOfCells } from './cells.ts';
import { moved } from './cursor.ts';
import { describeReads } from './describe-reads.ts';
import { dilatedSize, meetsAll, readsOf, windowOf, type Meets } from './reads-of.ts';

export interface ReadsDrawingProps {
  readonly problem: ConvProblem;
  /** The names of the spatial dimensions, in the order of rhsSpec. */
  readonly letters: readonly string[];
  /** The output element, in the result's layout. */
  readonly index: readonly number[];
  readonly onMove: (index: readonly number[]) => void;
}

/** More cells than this are a texture, not a drawing. */
const MOST_CELLS = 1600;

/** What a tap meets, by the class of its cells and a sign in them. */
const LOOKS: Readonly<Record<Meets, { readonly kind: string; readonly sign: string }>> = {
  element: { kind: 'element', sign: '' },
  'inserted zero': { kind: 'inserted', sign: '0' },
  padding: { kind: 'padding', sign: '·' },
};

export function ReadsDrawing({ problem, letters, index, onMove }: ReadsDrawingProps): JSX.Element {
  const { spatial } = convGeometry(problem);
  const reads = readsOf(problem, index);
  const zero = spatial.map(() => 0);
  const dilated = spatial.map(({ input, lhsDilation }) => dilatedSize(input, lhsDilation));
  // Cropped elements are drawn too: that they are there and never read is what negative padding means.
  const low = spatial.map(({ padLow }) => Math.min(0, -padLow));
  const high = spatial.map(({ padHigh }, d) => Math.max(dilated[d], dilated[d] + padHigh));
  const output = spatial.map((dimension) => dimension.output);
  const kernel = spatial.map((dimension) => dimension.kernel);
  const most = Math.max(countOfCells(low, high), countOfCells(zero, output), countOfCells(zero, kernel));
  if (spatial.length > 3 || most > MOST_CELLS) {
    return (
      <p class="quiet">
        {spatial.length > 3
          ? 'Up to three spatial dimensions are drawn.'
          : `${most.toLocaleString('en')} cells are too many to draw: up to ${MOST_CELLS} are.`}
      </p>
    );
  }

  const taps = windowOf(reads);
  const readAt = new Map(taps.map((reaches) => [reaches.map(({ at }) => at).join(), reaches]));
  const meetsOf = new Map(taps.map((reaches) => [reaches.map(({ tap }) => tap).join(), meetsAll(reaches)]));
  const lhsLook = (position: readonly number[]): CellLook => {
    const isPadding = position.some((at, d) => at < 0 || at >= dilated[d]);
    const isInserted = position.some((at, d) => at % spatial[d].lhsDilation !== 0);
    const isCropped = position.some((at, d) => at < -spatial[d].padLow || at >= dilated[d] + spatial[d].padHigh);
    const { kind, sign } = LOOKS[isPadding ? 'padding' : isInserted ? 'inserted zero' : 'element'];
    const isRead = readAt.has(position.join());
    return {
      kind: `${kind}${isCropped ? ' cropped' : ''}${isRead ? ' read' : ''}`,
      sign: isCropped ? '×' : isRead && sign === '' ? '•' : sign,
    };
  };
  const rhsLook = (position: readonly number[]): CellLook => {
    const { kind, sign } = LOOKS[meetsOf.get(position.join()) ?? 'padding'];
    return { kind: `${kind} read`, sign: sign || '•' };
  };
  const place = problem.outSpec
    .slice(2)
    .map((axis) => index[axis])
    .join();
  const outLook = (position: readonly number[]): CellLook =>
    position.join() === place ? { kind: 'element chosen', sign: '◆' } : { kind: 'element', sign: '' };
  const moveTo = (position: readonly number[]): void => {
    const next = [...index];
    for (const [d, axis] of problem.outSpec.slice(2).entries()) next[axis] = position[d];
    onMove(next);
  };
  const onKey = (event: KeyboardEvent): void => {
    const next = moved(problem, index, event.key);
    if (next === null) return;
    event.preventDefault();
    onMove(next);
  };

  const sentence = describeReads(index, reads, letters);
  const sizes = (values: readonly number[]): string => values.map((value, d) => `${letters[d]} ${value}`).join(', ');
  return (
    <div class="reads">
      <div class="panels">
        <figure>
          <figcaption>
            lhs, padded and dilated <span class="quiet">batch {reads.lhsBatch}</span>
          </figcaption>
          <div class="scroll-plain">
            <CellGrid cells={cellsOf(low, high)} label={`lhs: ${sizes(spatial.map(({ input }) => input))}`} lookOf={lhsLook} />
          </div>
        </figure>
        <figure>
          <figcaption>rhs</figcaption>
          <div class="scroll-plain">
            <CellGrid cells={cellsOf(zero, kernel)} label={`rhs: ${sizes(kernel)}`} lookOf={rhsLook} />
          </div>
        </figure>
        <figure>
          <figcaption id="out-caption">
            out <span class="quiet">arrow keys or pointer</span>
          </figcaption>
          {/* The keys move within the drawing, which no plain element does. */}
          <div
            class="scroll-plain"
            role="application"
            tabIndex={0}
            aria-label="Output element; arrow keys move it"
            aria-describedby="reads-sentence"
            onKeyDown={onKey}
          >
            <CellGrid cells={cellsOf(zero, output)} label={`out: ${sizes(output)}`} lookOf={outLook} onPoint={moveTo} />
          </div>
        </figure>
      </div>
      <p id="reads-sentence" aria-live="polite">
        {sentence}
      </p>
      <ul class="legend quiet">
        <li class="key-element">element</li>
        <li class="key-read">• read</li>
        <li class="key-padding">· padding</li>
        <li class="key-inserted">0 inserted zero</li>
        <li class="key-cropped">× cropped, never read</li>
      </ul>
    </div>
  );
}
