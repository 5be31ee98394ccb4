/** What of a benchmark is shown, as selects whose values stand in the hash. */
import type { JSX } from 'preact';
import { countOf } from '../../../src/format/format.ts';
import type { BenchResult } from '../../../src/result/result.ts';
import { Select } from '../shell/select.tsx';
import { columnsOf, dtypeOf, familyOf, type SpeedColumn } from './speed-table.ts';

export interface SpeedFiltersProps {
  /** The runs of the chosen platform, the oldest first. */
  readonly runs: readonly BenchResult[];
  readonly platforms: readonly string[];
  readonly run: BenchResult;
  readonly base: string;
  readonly params: URLSearchParams;
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void;
}

export function SpeedFilters({ runs, platforms, run, base, params, onChange }: SpeedFiltersProps): JSX.Element {
  const columns = columnsOf(run);
  const select = (label: string, name: string, all: string, values: readonly string[]): JSX.Element => (
    <Select
      label={label}
      value={params.get(name) ?? ''}
      options={[['', all], ...values.map((value): [string, string] => [value, value])]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <form class="filters" aria-label="What is shown" onSubmit={(event) => event.preventDefault()}>
      <Select
        label="Compared with"
        value={base}
        options={columns.map(({ name }) => [name, name])}
        onChange={(value) => onChange({ base: value })}
      />
      <Select
        label="Backend"
        value={params.get('backend') ?? ''}
        options={backendOptions(columns)}
        onChange={(value) => onChange({ backend: value })}
      />
      {select('Family', 'family', 'all', unique(run.cases.map(familyOf)))}
      {select('Dtype', 'dtype', 'all', unique(run.cases.flatMap((benchCase) => dtypeOf(benchCase) ?? [])))}
      {platforms.length > 1 && select('Platform', 'platform', platforms[0], platforms.slice(1))}
      {runs.length > 1 && (
        <Select
          label="Run"
          value={run.startedAt}
          options={runs.toReversed().map((one) => [one.startedAt, runText(one)])}
          onChange={(value) => onChange({ run: value })}
        />
      )}
      <Select
        label="Timed"
        value={params.get('ways') ?? ''}
        options={[
          ['', 'prepared run'],
          ['all', 'every way in'],
        ]}
        onChange={(value) => onChange({ ways: value })}
      />
    </form>
  );
}

function backendOptions(columns: readonly SpeedColumn[]): (readonly [string, string])[] {
  const groups: (readonly [string, string])[] = columns.some(({ isPeer }) => isPeer)
    ? [
        ['ours', 'ours'],
        ['peers', 'peers'],
      ]
    : [];
  return [['', 'all'], ...groups, ...unique(columns.map(({ backend }) => backend)).map((name): [string, string] => [name, name])];
}

function runText({ startedAt, cases, peers, environment: { commit } }: BenchResult): string {
  const ran = peers.filter(({ notRun }) => notRun === null).length;
  const beside = ran === 0 ? '' : `, ${countOf(ran, 'peer')}`;
  return `${startedAt.slice(0, 16).replace('T', ' ')}: ${countOf(cases.length, 'case')}${beside}${commit === null ? '' : `, ${commit}`}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
