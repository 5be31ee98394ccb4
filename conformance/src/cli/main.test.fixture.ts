/** The command line run from its sources. */
import { conformance } from '../cli.ts';

process.exitCode = await conformance(process.argv.slice(2));
