/** `merge` and `report`: results that runs wrote. */
import { defineCommand } from 'citty';
import { htmlReport } from '../report/html.ts';
import { markdownReport } from '../report/markdown.ts';
import { mergeResults } from '../report/merge.ts';
import { parseResult } from '../report/read-result.ts';
import type { RunResult } from '../report/result.ts';
import { CannotRun } from '../run/cannot-run.ts';
import { checkArguments, readText, writeText } from './options.ts';
import { printSummary } from './terminal.ts';

const OUTPUT = { type: 'string', valueHint: 'FILE', description: 'file to write; default: stdout' } as const;

const MERGE_ARGS = { output: OUTPUT } as const;

/** `merge FILES` */
export const mergeCommand = defineCommand({
  meta: { name: 'merge', description: 'merge the results of all shards of a run: merge FILES' },
  args: MERGE_ARGS,
  run({ args, rawArgs }): number {
    checkArguments('merge', rawArgs, MERGE_ARGS, Infinity);
    if (args._.length === 0) throw new CannotRun('merge needs the files that `run --shard I/N --json FILE` wrote');
    const merged = mergeResults(args._.map((file) => parseResult(readText('the result', file), file)));
    write(args.output, `${JSON.stringify(merged, undefined, 1)}\n`);
    if (args.output !== undefined) printSummary(merged);
    return merged.ok ? 0 : 1;
  },
});

const REPORT_ARGS = {
  file: { type: 'positional', required: true, valueHint: 'FILE.json', description: 'a result' },
  format: { type: 'string', valueHint: 'html|markdown', description: 'a page, or the summary of a CI job; default: html' },
  output: OUTPUT,
} as const;

const FORMATS: ReadonlyMap<string, (result: RunResult) => string> = new Map([
  ['html', htmlReport],
  ['markdown', markdownReport],
]);

/** `report FILE.json` */
export const reportCommand = defineCommand({
  meta: { name: 'report', description: 'turn a result into an HTML page, or into Markdown' },
  args: REPORT_ARGS,
  run({ args, rawArgs }): number {
    checkArguments('report', rawArgs, REPORT_ARGS, 1);
    const format = FORMATS.get(args.format ?? 'html');
    if (format === undefined) throw new CannotRun(`--format takes ${[...FORMATS.keys()].join(' or ')}, got ${args.format}`);
    write(args.output, format(parseResult(readText('the result', args.file), args.file)));
    return 0;
  },
});

function write(file: string | undefined, text: string): void {
  if (file === undefined) process.stdout.write(text);
  else writeText(file, text);
}
