/** Raw samples, a line of ticks for each round, with the median across. */
import * as Plot from '@observablehq/plot';
import { formatMs } from '../../../src/format/format.ts';
import type { Rounds } from '../../../src/statistics/statistics.ts';

export interface SampleSeries {
  readonly name: string;
  readonly rounds: Rounds;
  readonly median: number;
}

const ROUND_HEIGHT = 16;

/** Rounds from top to bottom, time to the right on a logarithmic scale: timings have a long tail to the slow side. Several series stand below one another. */
export function samplePlot(series: readonly SampleSeries[], width: number): SVGElement | HTMLElement {
  const ticks = series.flatMap(({ name, rounds }) =>
    rounds.flatMap((samples, round) => samples.map((ms) => ({ name, ms, round: `round ${round + 1}` }))),
  );
  const rounds = Math.max(...series.map((one) => one.rounds.length));
  return Plot.plot({
    width,
    height: 60 + series.length * (rounds * ROUND_HEIGHT + 34),
    marginLeft: 70,
    marginRight: 24,
    marginTop: 28,
    style: { background: 'none', color: 'var(--ink)', fontSize: '12px' },
    x: { type: 'log', label: 'time of one call', grid: true, tickFormat: formatMs, ticks: width / 110 },
    y: { label: null },
    fy: { axis: null, domain: series.map(({ name }) => name), padding: 0.25 },
    marks: [
      Plot.tickX(ticks, { x: 'ms', y: 'round', fy: 'name', stroke: 'var(--line-0)', strokeOpacity: 0.7 }),
      Plot.ruleX(series, { x: 'median', fy: 'name', stroke: 'var(--line-3)', strokeWidth: 1.5 }),
      Plot.text(series, {
        fy: 'name',
        text: ({ name, median }: SampleSeries) => `${name}, median ${formatMs(median)}`,
        frameAnchor: 'top-left',
        dy: -14,
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
    ],
  });
}
