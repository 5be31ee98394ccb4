/** A fresh process that starts one library and says how long that took. Its arguments: a module in `starts/`, and what it is given. */
import type { ColdStart } from './first-conv.ts';

const [start = '', argument = ''] = process.argv.slice(2);
const started = performance.now();
const { firstConvolution } = (await import(start)) as ColdStart;
const result = await firstConvolution(argument);
const ms = performance.now() - started;
const sum = Array.from(result).reduce((total, value) => total + value, 0);
// Through stderr, because libraries print on stdout; and out at once, because their threads would stay.
process.stderr.write(`\n${JSON.stringify({ ms, sum })}\n`, () => process.exit());
