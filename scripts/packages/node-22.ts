/**
 * The oldest Node that the packages support, beside the pinned one: npm's package `node` in `.tools/`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { firstLine, run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { installTool, toolFolder } from '../setup/tools.mjs';

const VERSION = '22.23.3';

/** Its path; installed on the first call. */
export async function node22(): Promise<string> {
  const folder = toolFolder('node', VERSION);
  const program = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program) && firstLine(program) === `v${VERSION}`) return program;
  say(`installing Node ${VERSION} into .tools/, because the packages support it and are tried with it`);
  const code = await installTool('node', VERSION);
  // What its install script would do.
  const unpack = await run(process.execPath, ['installArchSpecificPackage'], { cwd: join(folder, 'node_modules', 'node'), quiet: true });
  if (code !== 0 || firstLine(program) !== `v${VERSION}`) {
    throw new SetupError(`Node ${VERSION} could not be installed from npm. ${unpack.output}`);
  }
  return program;
}
