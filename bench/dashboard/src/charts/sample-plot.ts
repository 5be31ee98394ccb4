/** Raw samples, a line of ticks for each round, with the median across. */
import * as Plot from '@observablehq/plot';
import type { Rounds } from '../../../src/statistics/statistics.ts';

export interface SampleSeries {
  readonly name: string;
  readonly rounds: Rounds;
  readonly median: number;
}

/** Rounds from top to bottom, ms from left to right; of two series, the second is drawn below the first. */
export function samplePlot(series: readonly SampleSeries[], width: number): SVGElement | HTMLElement {
  const ticks = series.flatMap(({ name, rounds }) =>
    rounds.flatMap((samples, round) => samples.map((ms) => ({ name, ms, round: `round ${round + 1}` }))),
  );
  return Plot.plot({
    width,
    marginLeft: 70,
    marginRight: 16,
    style: { background: 'none', color: 'var(--ink)', fontSize: '12px' },
    x: { label: 'ms per call', nice: true, grid: true },
    y: { label: null },
    fy: { label: null },
    marks: [
      Plot.tickX(ticks, { x: 'ms', y: 'round', ...(series.length > 1 ? { fy: 'name' } : {}), stroke: 'var(--line-0)', strokeOpacity: 0.7 }),
      Plot.ruleX(series, { x: 'median', ...(series.length > 1 ? { fy: 'name' } : {}), stroke: 'var(--line-3)', strokeWidth: 1.5 }),
    ],
  });
}
