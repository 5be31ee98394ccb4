/** A chart of Observable Plot as a component: drawn anew when what it shows changes. */
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';

export interface ChartProps {
  /** What a reader who does not see it is told. */
  readonly label: string;
  /** Draws the chart. */
  readonly draw: (width: number) => SVGElement | HTMLElement;
}

export function Chart({ label, draw }: ChartProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const width = root.current?.clientWidth ?? 0;
    root.current?.replaceChildren(draw(Math.max(260, width)));
  }, [draw]);
  return <div class="chart" role="img" aria-label={label} ref={root} />;
}
