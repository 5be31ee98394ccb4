/** Everything that is known of one cell: the estimate, every sample behind it, the kernel and its reasons, the problem, where it ran. */
import { readableJson } from '@laxconv/conformance';
import { useCallback } from 'preact/hooks';
import type { JSX } from 'preact';
import { countOf, formatMs, formatNumber, formatPercent } from '../../../src/format/format.ts';
import type { BenchResult, Measured } from '../../../src/result/result.ts';
import { gigaflops } from '../../../src/result/summary.ts';
import { Chart } from '../charts/chart.tsx';
import { historyPlot } from '../charts/history-plot.ts';
import { samplePlot } from '../charts/sample-plot.ts';
import { Dialog } from '../shell/dialog.tsx';
import { historyOf } from './history.ts';
import { standingText } from './ratio-text.ts';
import type { SpeedCell, SpeedRow } from './speed-table.ts';

export interface CellDialogProps {
  readonly row: SpeedRow;
  readonly column: string;
  readonly base: string;
  readonly run: BenchResult;
  /** All runs of the platform, the oldest first. */
  readonly runs: readonly BenchResult[];
  readonly onClose: () => void;
}

export function CellDialog({ row, column, base, run, runs, onClose }: CellDialogProps): JSX.Element {
  const { benchCase, cells } = row;
  const cell = cells.get(column);
  const baseCell = cells.get(base);
  const { peers } = run;
  const peer = peers.find(({ name }) => name === column);
  return (
    <Dialog title={`${column} on ${benchCase.name}`} onClose={onClose}>
      <p>{benchCase.about}.</p>
      {cell?.kind === 'time' && (
        <Timed cell={cell} base={column === base || baseCell?.kind !== 'time' ? null : { name: base, result: baseCell.result }} row={row} />
      )}
      {cell?.kind === 'none' && (
        <p class={cell.result.status}>
          <strong>{cell.result.status}</strong>, and not timed: {cell.result.reason}
        </p>
      )}
      <History points={historyOf(runs, benchCase.name, column)} />
      <details>
        <summary>The problem</summary>
        <pre tabIndex={0}>{readableJson({ call: benchCase.call, problem: benchCase.problem })}</pre>
      </details>
      {peer !== undefined && <p class="quiet">{peer.about}</p>}
      <Environment run={run} />
    </Dialog>
  );
}

interface TimedProps {
  readonly cell: Extract<SpeedCell, { kind: 'time' }>;
  readonly base: { readonly name: string; readonly result: Measured } | null;
  readonly row: SpeedRow;
}

function Timed({ cell, base, row: { benchCase, cells } }: TimedProps): JSX.Element {
  const { result, median, ratio, standing } = cell;
  const { implementation, rounds, kernel, reasons, prepareMs, batch, errorOverBound } = result;
  const baseMedian = base === null ? null : cells.get(base.name);
  const draw = useCallback(
    (width: number) =>
      samplePlot(
        [
          { name: implementation, rounds, median: median.value },
          ...(base !== null && baseMedian?.kind === 'time'
            ? [{ name: `base: ${base.name}`, rounds: base.result.rounds, median: baseMedian.median.value }]
            : []),
        ],
        width,
      ),
    [result, base?.name],
  );
  const samples = rounds.reduce((sum, { length }) => sum + length, 0);
  return (
    <>
      <dl class="facts">
        <Fact name="median" value={formatMs(median.value)} about={`95 % interval ${formatMs(median.low)} to ${formatMs(median.high)}`} />
        {ratio !== null && base !== null && (
          <Fact
            name={`against ${base.name}`}
            value={standingText(standing, ratio)}
            about={`time ÷ base ${formatNumber(ratio.value)}, 95 % interval ${formatNumber(ratio.low)} to ${formatNumber(ratio.high)}`}
          />
        )}
        {benchCase.multiplyAdds !== null && (
          <Fact
            name="rate"
            value={`${formatNumber(gigaflops(benchCase.multiplyAdds, median.value))} GFLOP/s`}
            about="a multiply-add counts as two"
          />
        )}
        <Fact name="prepared in" value={formatMs(prepareMs)} about="once, cold, weights packed" />
        <Fact name="largest error" value={`${formatPercent(errorOverBound)} of the bound`} about="verified before it was timed" />
        <Fact name="kernel" value={kernel} about={countOf(batch, 'call') + ' per sample'} />
      </dl>
      {reasons.length > 0 && (
        <details>
          <summary>Why this kernel</summary>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <h3>{countOf(samples, 'sample')} by round</h3>
      <Chart
        label={`Samples of ${implementation} by round, from ${formatMs(Math.min(...rounds.flat()))} to ${formatMs(Math.max(...rounds.flat()))}; the list below has them all`}
        draw={draw}
      />
      <details>
        <summary>All samples in ms</summary>
        <pre tabIndex={0}>{rounds.map((round, index) => `round ${index + 1}: ${round.join(' ')}`).join('\n')}</pre>
      </details>
    </>
  );
}

function Fact({ name, value, about }: { readonly name: string; readonly value: string; readonly about: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <small>{about}</small>
      </dd>
    </div>
  );
}

function History({ points }: { readonly points: ReturnType<typeof historyOf> }): JSX.Element | null {
  const draw = useCallback((width: number) => historyPlot(points, width), [points.length]);
  if (points.length < 2) return null;
  return (
    <>
      <h3>{countOf(points.length, 'run')}</h3>
      <Chart label="Median time of each run, the oldest first; the table below has the numbers" draw={draw} />
      <div class="scroll" role="region" aria-label="Table of runs" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">commit</th>
              <th scope="col">where</th>
              <th scope="col">median and 95 % interval</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ startedAt, commit, platform, cpu, median: { value, low, high } }) => (
              <tr key={startedAt}>
                <th scope="row">{startedAt.slice(0, 16).replace('T', ' ')}</th>
                <td>{commit ?? '–'}</td>
                <td>
                  {platform}, {cpu}
                </td>
                <td>
                  {formatMs(value)} ({formatMs(low)} to {formatMs(high)})
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Where a run ran. */
function Environment({ run: { environment, startedAt, mode } }: { readonly run: BenchResult }): JSX.Element {
  const { platform, os, arch, cpu, cores, memoryGiB, loadBefore, versions, commit } = environment;
  return (
    <p class="quiet">
      {mode} run of {startedAt.slice(0, 16).replace('T', ' ')} UTC on {platform}, {cpu}, {countOf(cores, 'core')},{' '}
      {memoryGiB !== null && `${memoryGiB} GiB, `}
      {os} {arch}
      {loadBefore !== null && `, load ${loadBefore} before`};{' '}
      {Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}
      {commit !== null && `; commit ${commit}`}.
    </p>
  );
}
