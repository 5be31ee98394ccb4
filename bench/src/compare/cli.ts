/** `pnpm bench:compare old.json new.json`: which changes between two runs are more than noise. */
import { appendFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../format/message-of.ts';
import { readResultFile } from '../result/read-result-file.ts';
import type { BenchResult } from '../result/result.ts';
import { compareResults, regressions } from './compare-results.ts';
import { comparisonLines, comparisonMarkdown, doubts } from './comparison-text.ts';

const USAGE = `pnpm bench:compare OLD.json NEW.json [options]

  --threshold N    changes below this are none, whatever their interval: between two runs a machine changes too (default: 0.05)
  --markdown       print Markdown
  --summary FILE   append Markdown to this file ($GITHUB_STEP_SUMMARY)
  --fail           exit code 1 on a regression: slower by more than the threshold, or right no longer
  --help           this text

Exit code 0: compared; 1: --fail, and there is a regression; 2: could not compare.`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`bench:compare: ${messageOf(error)}`);
  return 2;
});

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      threshold: { type: 'string', default: '0.05' },
      markdown: { type: 'boolean', default: false },
      summary: { type: 'string' },
      fail: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals.length !== 2) throw new Error(`it takes two result files, OLD.json and NEW.json, and got ${positionals.length}`);
  const threshold = Number(values.threshold);
  if (!(threshold >= 0) || values.threshold.trim() === '') throw new Error(`--threshold takes a number from 0 up, got ${values.threshold}`);
  const [before, after] = await Promise.all(positionals.map(readBench));
  const comparisons = compareResults(before, after, threshold);
  if (comparisons.length === 0) throw new Error('the two files have no case in common, so there is nothing to compare');
  const markdown = comparisonMarkdown(before, after, comparisons);
  if (values.markdown) console.log(markdown);
  else for (const line of comparisonLines(comparisons)) console.log(line);
  for (const doubt of doubts(before, after)) console.error(`bench:compare: ${doubt}`);
  if (values.summary !== undefined) await appendFile(values.summary, markdown);
  return values.fail && regressions(comparisons).length > 0 ? 1 : 0;
}

async function readBench(file: string): Promise<BenchResult> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read`, { cause });
  });
  const read = readResultFile(text, file);
  if (read.kind !== 'bench') throw new Error(`${file} is a conformance result, and \`pnpm bench\` did not write it`);
  return read.result;
}
