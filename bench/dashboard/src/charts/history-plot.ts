/** Medians with their intervals across runs. */
import * as Plot from '@observablehq/plot';
import { formatMs } from '../../../src/format/format.ts';
import type { HistoryPoint } from '../speed/history.ts';

/** From the oldest run to the newest, evenly spaced: commits have no distance. */
export function historyPlot(points: readonly HistoryPoint[], width: number): SVGElement | HTMLElement {
  const marks = points.map(({ startedAt, commit, median }, index) => ({
    run: `${index + 1}. ${commit ?? startedAt.slice(0, 10)}`,
    ...median,
  }));
  return Plot.plot({
    width,
    height: 200,
    marginBottom: 50,
    marginLeft: 70,
    marginRight: 40,
    style: { background: 'none', color: 'var(--ink)', fontSize: '12px' },
    x: { type: 'point', label: null, domain: marks.map(({ run }) => run), tickRotate: points.length > 4 ? -30 : 0 },
    y: { label: 'time of one call', zero: true, grid: true, tickFormat: formatMs, ticks: 5 },
    marks: [
      Plot.line(marks, { x: 'run', y: 'value', stroke: 'var(--line-0)' }),
      Plot.ruleX(marks, { x: 'run', y1: 'low', y2: 'high', stroke: 'var(--line-0)', strokeWidth: 2 }),
      Plot.dot(marks, { x: 'run', y: 'value', fill: 'var(--line-0)' }),
    ],
  });
}
