/** A result as the file that the command line writes. */
import type { RunResult } from '@laxconv/conformance';
import type { BenchResult } from '../../../src/result/result.ts';

/** A result of either kind. */
export type AnyResult =
  | { readonly kind: 'conformance'; readonly result: RunResult }
  | { readonly kind: 'bench'; readonly result: BenchResult };

/** Whether it is all of what was to be run. */
export function isComplete({ kind, result }: AnyResult): boolean {
  return kind === 'conformance' ? result.notRun.length === 0 : result.complete;
}

/** A file's name and text. That it is a part of a run stands in the name, too: nobody reads a megabyte before keeping it. */
export function fileOf(any: AnyResult): { readonly name: string; readonly text: string } {
  const { kind, result } = any;
  const part = isComplete(any) ? '' : '-part';
  return kind === 'conformance'
    ? { name: `conformance-${result.backend.name}-${stamp(result.started)}${part}.json`, text: `${JSON.stringify(result, undefined, 1)}\n` }
    : { name: `bench-${stamp(result.startedAt)}${part}.json`, text: `${JSON.stringify(result)}\n` };
}

/** A time that may stand in a file's name. */
function stamp(iso: string): string {
  return iso.slice(0, 19).replaceAll(/[:.]/gu, '-');
}

/** Whether everything in it is right, in a sentence. */
export function sentenceOf(any: AnyResult): { readonly isRight: boolean; readonly text: string } {
  if (any.kind === 'conformance') {
    const { backend, totals, ok, quick } = any.result;
    const part = quick === true ? ' (the quick subset)' : '';
    const missing = totals.notRun === 0 ? '' : `, ${totals.notRun.toLocaleString('en')} not run`;
    return {
      isRight: ok,
      text: `${backend.name}: ${totals.ok.toLocaleString('en')} of ${totals.tests.toLocaleString('en')} tests ended as they should${part}${missing}`,
    };
  }
  const { cases, complete } = any.result;
  const rows = cases.flatMap(({ results }) => results);
  const bad = rows.filter(({ status }) => status === 'wrong' || status === 'failed');
  const measured = rows.filter(({ status }) => status === 'measured').length;
  return {
    isRight: complete && bad.length === 0,
    text: `benchmark: ${measured} times of ${cases.length} cases${bad.length === 0 ? '' : `, ${bad.length} wrong or failed`}${complete ? '' : ', interrupted'}`,
  };
}
