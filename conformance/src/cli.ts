/** The command line: `npx @laxconv/conformance run|list|explain|merge|report`. Exit code 0: as expected; 1: not; 2: could not run. */
import { stripVTControlCharacters } from 'node:util';
import { defineCommand, renderUsage, runCommand as execute, type CommandDef } from 'citty';
import { mergeCommand, reportCommand } from './cli/result-commands.ts';
import { runCommand } from './cli/run-command.ts';
import { explainCommand, listCommand } from './cli/suite-commands.ts';
import { CannotRun } from './run/cannot-run.ts';
import { messageOf } from './suite/message-of.ts';
import { SUITE_VERSION } from './run/version.ts';

const COMMANDS = { run: runCommand, list: listCommand, explain: explainCommand, merge: mergeCommand, report: reportCommand } as const;

const main = defineCommand({
  meta: { name: 'conformance', version: SUITE_VERSION, description: "holds a convolution backend to JAX's own results and to properties" },
  subCommands: COMMANDS,
});

/** Runs the command line and gives the exit code. */
export async function conformance(argv: readonly string[]): Promise<number> {
  if (!process.stdout.listeners('error').includes(onOutputError)) process.stdout.on('error', onOutputError);
  try {
    return await dispatch(argv);
  } catch (error) {
    const isForeseen = error instanceof CannotRun || (error as { readonly name?: unknown }).name === 'CLIError';
    console.error(`conformance: ${isForeseen ? messageOf(error) : error instanceof Error ? error.stack : String(error)}`);
    return 2;
  }
}

/** A reader that has seen enough (`| head`) changes nothing; what else keeps the result from being written must not end as a success. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  console.error(`conformance: the output cannot be written: ${error.message}`);
  process.exit(2);
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version') {
    console.log(SUITE_VERSION);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(await usage(main));
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) throw new CannotRun(`there is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}`);
  const command = COMMANDS[name as keyof typeof COMMANDS] as unknown as CommandDef;
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(await usage(command, main));
    return 0;
  }
  const { result } = await execute(command, { rawArgs: [...rest] });
  return result as number;
}

/** Help, in colour on a terminal only. */
async function usage(command: CommandDef, parent?: CommandDef): Promise<string> {
  const text = await renderUsage(command, parent);
  return process.stdout.isTTY ? text : stripVTControlCharacters(text);
}
