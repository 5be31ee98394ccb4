/** A fresh process that starts one library and says how long that took, or why it did not start. Its arguments: a module in `starts/`, and what it is given. */
import { messageOf } from '../format/message-of.ts';
import type { ColdStart } from './first-conv.ts';

/** What the process says last. */
export type ColdReport = { readonly ms: number; readonly sum: number } | { readonly failure: string };

const [start = '', argument = ''] = process.argv.slice(2);
const report = await startedOnce().catch((error: unknown): ColdReport => ({ failure: messageOf(error) }));
// Through stderr, because libraries print on stdout; and out at once, because their threads would stay.
process.stderr.write(`\n${JSON.stringify(report)}\n`, () => process.exit());

async function startedOnce(): Promise<ColdReport> {
  const started = performance.now();
  const { firstConvolution } = (await import(start)) as ColdStart;
  const result = await firstConvolution(argument);
  const ms = performance.now() - started;
  return { ms, sum: Array.from(result).reduce((total, value) => total + value, 0) };
}
