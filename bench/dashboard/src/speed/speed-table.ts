/** The table of times: cases × implementations of one benchmark run. Pure: what is shown follows from the run and the filters. */
import type { BenchCaseResult, BenchResult, ImplementationResult, Measured } from '../../../src/result/result.ts';
import { estimateMedian, estimateRatio, geometricMean, type Estimate } from '../../../src/statistics/statistics.ts';

export interface SpeedFilters {
  /** A backend's name, 'ours' or 'peers'; null: all. */
  readonly backend: string | null;
  readonly dtype: string | null;
  /** The first part of a case's name. */
  readonly family: string | null;
  /** Also other ways into a backend than its own run: runSync, the public function. */
  readonly everyWay: boolean;
}

/** A column: a backend, and how it was called. */
export interface SpeedColumn {
  /** Unique: the backend's name and the way. */
  readonly name: string;
  readonly backend: string;
  readonly isPeer: boolean;
}

/** How a time stands to the base's: significant where the 95 % interval of the ratio leaves out 1. */
export type Standing = 'base' | 'faster' | 'slower' | 'same' | 'no base';

export type SpeedCell =
  | {
      readonly kind: 'time';
      readonly result: Measured;
      readonly median: Estimate;
      readonly ratio: Estimate | null;
      readonly standing: Standing;
    }
  | { readonly kind: 'none'; readonly result: Exclude<ImplementationResult, Measured> }
  /** The run has no such thing. */
  | { readonly kind: 'absent' };

export interface SpeedRow {
  readonly benchCase: BenchCaseResult;
  readonly cells: ReadonlyMap<string, SpeedCell>;
}

export interface GeometricMean {
  /** Of the ratios to the base, over the cases that both have. */
  readonly ratio: number;
  readonly cases: number;
  /** Cases whose result was wrong, or that failed: a mean of the others says nothing for them. */
  readonly wrong: number;
}

export interface SpeedTable {
  readonly columns: readonly SpeedColumn[];
  readonly rows: readonly SpeedRow[];
  /** By column; a column that shares no case with the base has none. */
  readonly means: ReadonlyMap<string, GeometricMean>;
}

/** The column that a result belongs to: a public function is one way, whatever its name in this case. */
export function columnOf({ call }: BenchCaseResult, { implementation, backend }: ImplementationResult): string {
  const fn = (call as { readonly fn?: unknown } | null)?.fn;
  return typeof fn === 'string' && implementation === `${backend} · ${fn}` ? `${backend} · public function` : implementation;
}

/** The dtype that a case computes in; null where its problem does not say. */
export function dtypeOf({ problem }: BenchCaseResult): string | null {
  const dtype = (problem as { readonly lhs?: { readonly dtype?: unknown } } | null)?.lhs?.dtype;
  return typeof dtype === 'string' ? dtype : null;
}

/** 'layer' of 'layer/3x3-56x56x64-64'. */
export function familyOf({ name }: BenchCaseResult): string {
  return name.split('/', 1)[0];
}

/** All columns of a run, ours first, each in the order in which it first occurs. */
export function columnsOf({ cases, peers }: BenchResult): SpeedColumn[] {
  const peerNames = new Set(peers.map(({ name }) => name));
  const columns = new Map<string, SpeedColumn>();
  for (const benchCase of cases) {
    for (const result of benchCase.results) {
      const name = columnOf(benchCase, result);
      if (!columns.has(name)) columns.set(name, { name, backend: result.backend, isPeer: peerNames.has(result.backend) });
    }
  }
  return [...columns.values()].toSorted((a, b) => Number(a.isPeer) - Number(b.isPeer));
}

/**
 * What a run is compared with unless its reader says otherwise: beside other libraries the last of ours, since how that stands to what a
 * reader has now is the question; among ourselves the first.
 */
export function usualBase(run: BenchResult): string {
  const columns = columnsOf(run);
  const ours = columns.filter(({ name, backend, isPeer }) => !isPeer && name === backend && backend !== 'idle');
  const base = columns.some(({ isPeer }) => isPeer) ? ours.at(-1) : ours[0];
  return (base ?? columns[0])?.name ?? '';
}

/**
 * The run that is shown unless its reader says otherwise: the newest among those with other libraries, if there are any, which time as many
 * cases as any of them. A run of one case, or of ours alone, is a step of somebody's work.
 */
export function usualRun(runs: readonly BenchResult[]): BenchResult | undefined {
  const withPeers = runs.filter(({ peers }) => peers.some(({ notRun }) => notRun === null));
  const candidates = withPeers.length > 0 ? withPeers : runs;
  const most = Math.max(0, ...candidates.map(({ cases }) => cases.length));
  return candidates.findLast(({ cases }) => cases.length === most);
}

/** The table of a run; ratios are to the column called `base`. */
export function speedTable(run: BenchResult, filters: SpeedFilters, base: string): SpeedTable {
  const columns = columnsOf(run).filter((column) => isShown(column, filters));
  const rows = run.cases
    .filter((benchCase) => filters.dtype === null || dtypeOf(benchCase) === filters.dtype)
    .filter((benchCase) => filters.family === null || familyOf(benchCase) === filters.family)
    .map((benchCase) => rowOf(benchCase, columns, base))
    .filter(({ cells }) => [...cells.values()].some(({ kind }) => kind !== 'absent'));
  return { columns, rows, means: meansOf(columns, rows) };
}

function isShown({ name, backend, isPeer }: SpeedColumn, filters: SpeedFilters): boolean {
  if (!filters.everyWay && name !== backend) return false;
  if (!filters.everyWay && backend === 'idle') return false;
  if (filters.backend === null) return true;
  if (filters.backend === 'ours') return !isPeer;
  if (filters.backend === 'peers') return isPeer;
  return backend === filters.backend;
}

function rowOf(benchCase: BenchCaseResult, columns: readonly SpeedColumn[], base: string): SpeedRow {
  const results = new Map(benchCase.results.map((result) => [columnOf(benchCase, result), result]));
  const baseResult = results.get(base);
  const cells = columns.map(({ name }): [string, SpeedCell] => [name, cellOf(results.get(name), baseResult)]);
  return { benchCase, cells: new Map(cells) };
}

function cellOf(result: ImplementationResult | undefined, base: ImplementationResult | undefined): SpeedCell {
  if (result === undefined) return { kind: 'absent' };
  if (result.status !== 'measured') return { kind: 'none', result };
  const median = medianOf(result);
  if (base?.status !== 'measured') return { kind: 'time', result, median, ratio: null, standing: 'no base' };
  if (base === result) return { kind: 'time', result, median, ratio: null, standing: 'base' };
  const ratio = ratioOf(result, base);
  return { kind: 'time', result, median, ratio, standing: standingOf(ratio) };
}

/** Faster or slower only where the interval leaves out 1. */
export function standingOf({ low, high }: Estimate): 'faster' | 'slower' | 'same' {
  return high < 1 ? 'faster' : low > 1 ? 'slower' : 'same';
}

function meansOf(columns: readonly SpeedColumn[], rows: readonly SpeedRow[]): ReadonlyMap<string, GeometricMean> {
  const means = new Map<string, GeometricMean>();
  for (const { name } of columns) {
    const ratios = rows.flatMap(({ cells }) => {
      const cell = cells.get(name);
      return cell?.kind === 'time' && cell.ratio !== null ? [cell.ratio.value] : [];
    });
    const wrong = rows.filter(({ cells }) => {
      const cell = cells.get(name);
      return cell?.kind === 'none' && (cell.result.status === 'wrong' || cell.result.status === 'failed');
    }).length;
    if (ratios.length > 0) means.set(name, { ratio: geometricMean(ratios), cases: ratios.length, wrong });
  }
  return means;
}

// A bootstrap is a thousand draws, and the same cells are shown again with every filter.
const medians = new WeakMap<Measured, Estimate>();
const ratios = new WeakMap<Measured, WeakMap<Measured, Estimate>>();

function medianOf(result: Measured): Estimate {
  const known = medians.get(result) ?? estimateMedian(result.rounds);
  medians.set(result, known);
  return known;
}

function ratioOf(result: Measured, base: Measured): Estimate {
  const toBases = ratios.get(result) ?? new WeakMap<Measured, Estimate>();
  ratios.set(result, toBases);
  const known = toBases.get(base) ?? estimateRatio(result.rounds, base.rounds);
  toBases.set(base, known);
  return known;
}
