/** A space of cells as SVG, each with a kind that the style sheet colours and a sign that tells kinds apart without colour. */
import type { JSX } from 'preact';
import { CELL, type Cells } from './cells.ts';

/** How a cell looks. */
export interface CellLook {
  /** Classes of playground.css. */
  readonly kind: string;
  /** Drawn inside; empty for none. */
  readonly sign: string;
}

export interface CellGridProps {
  readonly cells: Cells;
  readonly label: string;
  readonly lookOf: (position: readonly number[]) => CellLook;
  /** Called with the position under the pointer. */
  readonly onPoint?: (position: readonly number[]) => void;
}

/** Room for the outlines of cells at the rim. */
const RIM = 2;

export function CellGrid({ cells: { cells, width, height }, label, lookOf, onPoint }: CellGridProps): JSX.Element {
  const point = (event: Event): void => {
    const place = event.target instanceof Element ? event.target.closest('[data-cell]')?.getAttribute('data-cell') : undefined;
    if (place != null) onPoint?.(cells[Number(place)].position);
  };
  return (
    <svg
      class="cells"
      role="img"
      aria-label={label}
      width={width + 2 * RIM}
      height={height + 2 * RIM}
      viewBox={`${-RIM} ${-RIM} ${width + 2 * RIM} ${height + 2 * RIM}`}
      onPointerMove={onPoint && point}
      onPointerDown={onPoint && point}
    >
      {cells.map(({ position, x, y }, place) => {
        const { kind, sign } = lookOf(position);
        return (
          <g key={position.join()} data-cell={place} class={kind}>
            <rect x={x + 1} y={y + 1} width={CELL - 2} height={CELL - 2} rx="3" />
            {sign !== '' && (
              <text x={x + CELL / 2} y={y + CELL / 2 + 4} text-anchor="middle">
                {sign}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
