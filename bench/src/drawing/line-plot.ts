/** A line plot as SVG, like Matplotlib's `plot`. Colours are the page's, by class, so that it is legible in light and dark. */
import { html, type Html } from '../html/html.ts';
import { rangeOf, type Drawable } from './image-show.ts';
import type { SvgPicture } from './picture.ts';
import { ticksOf } from './ticks.ts';

/** One line: its points and the colour it has in the notebook, or the cycle's. */
export interface Line {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color?: 'lightgray' | 'black';
  readonly label?: string;
}

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { left: 46, right: 10, top: 10, bottom: 26 };

/** All lines in one set of axes that are scaled to hold them. */
export function plotLines(lines: readonly Line[], title: string): SvgPicture {
  const [xLow, xHigh] = padded(lines.map((line) => line.x));
  const [yLow, yHigh] = padded(lines.map((line) => line.y));
  const across = (x: number): number => MARGIN.left + ((x - xLow) / (xHigh - xLow)) * (WIDTH - MARGIN.left - MARGIN.right);
  const down = (y: number): number => HEIGHT - MARGIN.bottom - ((y - yLow) / (yHigh - yLow)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const points = ({ x, y }: Line): string =>
    Array.from({ length: Math.min(x.length, y.length) }, (_, index) => `${across(x[index]).toFixed(1)},${down(y[index]).toFixed(1)}`).join(
      ' ',
    );
  const labels = lines.map((line, index) => line.label ?? `line ${index + 1}`).join(', ');

  const markup = html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${labels}">
    <rect
      class="frame"
      x="${MARGIN.left}"
      y="${MARGIN.top}"
      width="${WIDTH - MARGIN.left - MARGIN.right}"
      height="${HEIGHT - MARGIN.top - MARGIN.bottom}"
    />
    ${ticksOf(xLow, xHigh).map((tick) => xTick(tick, across(tick)))}${ticksOf(yLow, yHigh).map((tick) => yTick(tick, down(tick)))}
    ${lines.map((line, index) => html`<polyline class="line ${classOf(line, index)}" points="${points(line)}" />`)}
  </svg>`;
  return { kind: 'svg', title, markup };
}

/** The columns of a [steps, count] matrix as lines over 0, 1, 2, …: what `plt.plot(matrix)` draws. */
export function columnsOf({ shape: [steps, count], data }: Drawable): Line[] {
  const x = Array.from({ length: steps }, (_, step) => step);
  return Array.from({ length: count }, (_, column) => ({
    x,
    y: x.map((step) => data[step * count + column]),
    label: `channel ${column}`,
  }));
}

function classOf({ color }: Line, index: number): string {
  if (color === 'lightgray') return 'line-muted';
  return color === 'black' ? 'line-strong' : `line-${index % 4}`;
}

function xTick(tick: number, at: number): Html {
  const bottom = HEIGHT - MARGIN.bottom;
  return html`<path class="tick" d="M${at.toFixed(1)} ${bottom}v4" /><text
      class="tick-label"
      x="${at.toFixed(1)}"
      y="${bottom + 17}"
      text-anchor="middle"
      >${tick}</text
    >`;
}

function yTick(tick: number, at: number): Html {
  return html`<path class="tick" d="M${MARGIN.left} ${at.toFixed(1)}h-4" /><text
      class="tick-label"
      x="${MARGIN.left - 7}"
      y="${(at + 4).toFixed(1)}"
      text-anchor="end"
      >${tick}</text
    >`;
}

/** The range of all values with a margin of 5 %, never empty. */
function padded(values: readonly ArrayLike<number>[]): readonly [low: number, high: number] {
  const ranges = values.map(rangeOf);
  const low = Math.min(...ranges.map(([least]) => least));
  const high = Math.max(...ranges.map(([, greatest]) => greatest));
  const margin = high > low ? (high - low) * 0.05 : 1;
  return [low - margin, high + margin];
}
