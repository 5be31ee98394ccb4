/** A chart of Observable Plot as a component: drawn anew when its width or what it shows changes. */
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';

export interface ChartProps {
  /** What a reader who does not see it is told. */
  readonly label: string;
  /** Draws the chart. */
  readonly draw: (width: number) => SVGElement | HTMLElement;
}

/** Narrower than this, labels lie over one another. */
const NARROWEST = 260;

export function Chart({ label, draw }: ChartProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = root;
    if (current === null) return;
    // Also the first time: in a dialog that is not open yet nothing has a width.
    let drawn = 0;
    const observer = new ResizeObserver(() => {
      if (current.clientWidth === drawn) return;
      drawn = current.clientWidth;
      const chart = draw(Math.max(NARROWEST, drawn));
      // The chart is one image with one label; its parts have none.
      for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
      current.replaceChildren(chart);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [draw]);
  return <div class="chart" role="img" aria-label={label} ref={root} />;
}
