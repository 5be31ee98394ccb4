/** What each kernel of a backend did over all cases: whether something slow hides between the fast ones. */
import { formatNumber } from '../format/format.ts';
import { estimateMedian } from '../statistics/statistics.ts';
import type { BenchResult, Measured } from './result.ts';
import { columns } from './table.ts';

interface Row {
  cases: number;
  multiplyAdds: number;
  readonly rates: number[];
}

/** A line for each kernel of `backend`: its cases, its share of all multiply-adds, and its rates. */
export function kernelLines(result: BenchResult, backend: string): string[] {
  const rows = new Map<string, Row>();
  let all = 0;
  for (const { multiplyAdds, results } of result.cases) {
    const own = results.find((row): row is Measured => row.status === 'measured' && row.implementation === backend);
    if (own === undefined || multiplyAdds === null) continue;
    const row = rows.get(own.kernel) ?? { cases: 0, multiplyAdds: 0, rates: [] };
    row.cases++;
    row.multiplyAdds += multiplyAdds;
    row.rates.push((2 * multiplyAdds) / (estimateMedian(own.rounds).value * 1e6));
    rows.set(own.kernel, row);
    all += multiplyAdds;
  }
  const sorted = [...rows].toSorted(([, a], [, b]) => b.multiplyAdds - a.multiplyAdds);
  const table = sorted.map(([kernel, { cases, multiplyAdds, rates }]) => {
    const inOrder = rates.toSorted((a, b) => a - b);
    const rate = (index: number): string => formatNumber(inOrder[index]);
    return [
      kernel,
      `${cases}`,
      `${((100 * multiplyAdds) / all).toFixed(1)} %`,
      rate(0),
      rate(Math.floor(cases / 2)),
      rate(inOrder.length - 1),
    ];
  });
  return columns([[`kernels of ${backend}`, 'cases', 'of all multiply-adds', 'slowest', 'median', 'fastest GFLOP/s'], ...table]);
}

/** The cases in which `backend` takes longer than `other`, with how much. */
export function slowerThan(result: BenchResult, backend: string, other: string): string[] {
  return result.cases.flatMap(({ name, results }) => {
    const [own, base] = [backend, other].map((wanted) =>
      results.find((row): row is Measured => row.status === 'measured' && row.implementation === wanted),
    );
    if (own === undefined || base === undefined) return [];
    const ratio = estimateMedian(own.rounds).value / estimateMedian(base.rounds).value;
    return ratio > 1 ? [`${name}: ${backend} (${own.kernel}) takes ${formatNumber(ratio)} times what ${other} takes`] : [];
  });
}
