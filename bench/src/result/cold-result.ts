/** The result of cold starts, as a file and as lines for the terminal. */
import { z } from 'zod';
import { formatMs, formatNumber } from '../format/format.ts';
import { estimateMedian, estimateRatio, type Rounds } from '../statistics/statistics.ts';
import { environmentSchema } from './result.ts';
import { columns } from './table.ts';

const startSchema = z.object({
  name: z.string(),
  isPeer: z.boolean(),
  ms: z.array(z.number().nonnegative()).describe('from before the import to the first result, one fresh process each'),
  failure: z.string().nullable().describe('why there are no times'),
  files: z.array(z.object({ file: z.string(), gzip: z.int() })).describe('what a program that uses it is bundled into, in bytes'),
  gzip: z.int().describe('of the files; of those of which a page loads one, the largest'),
});

export const coldResultSchema = z.object({
  format: z.literal('laxconv-cold/1'),
  startedAt: z.iso.datetime(),
  environment: environmentSchema,
  case: z.string().nullable().default(null).describe('the bench case that they start with; null: 3×3 on 8×8×8'),
  results: z.array(startSchema),
});

export type ColdResult = z.infer<typeof coldResultSchema>;

/** A table of medians, their ratios to the first, and sizes. */
export function coldLines({ results, case: caseName }: ColdResult): string[] {
  const measured = results.filter(({ failure }) => failure === null);
  const rounds = ({ ms }: { readonly ms: readonly number[] }): Rounds => ms.map((one) => [one]);
  const rows = measured.map((result) => {
    const { value, low, high } = estimateMedian(rounds(result));
    const ratio = estimateRatio(rounds(result), rounds(measured[0]));
    return [
      result.name,
      formatMs(value),
      `${formatMs(low)} to ${formatMs(high)}`,
      result === measured[0] ? '1' : `${formatNumber(ratio.value)} (${formatNumber(ratio.low)} to ${formatNumber(ratio.high)})`,
      `${formatNumber(result.gzip / 1000)} kB`,
    ];
  });
  const head = [caseName ?? '', 'cold start', '95 % interval', `time ÷ ${measured[0]?.name ?? ''}`, 'gzip'];
  return [
    ...columns([head, ...rows]),
    ...results.flatMap(({ name, failure }) => (failure === null ? [] : [`${name}: failed: ${failure}`])),
  ];
}
