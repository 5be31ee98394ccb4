/** Reading the command line's values, with a sentence for each that cannot be used. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ArgsDef } from 'citty';
import { CannotRun } from '../run/cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';

/** A whole number from `least` up. */
export function wholeNumber(option: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new CannotRun(`--${option} takes a whole number from ${least} up, got ${text}`);
  }
  return value;
}

/** A number of seconds. */
export function seconds(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  // setTimeout takes no more than 2³¹ − 1 ms.
  if (text.trim() === '' || !(value > 0 && value <= 2_000_000))
    throw new CannotRun(`--${option} takes a number of seconds above 0, got ${text}`);
  return value;
}

/** Any JSON; undefined where the option is absent. */
export function json(option: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CannotRun(`--${option} takes JSON: ${messageOf(error)}`, error);
  }
}

/** A file's text; `what` names it in the sentence. */
export function readText(what: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotRun(`${what} ${file} cannot be read: ${messageOf(error)}`, error);
  }
}

/** Makes sure that a file can be written, before what is to be written is computed. What is there stays as it is. */
export function checkWritable(file: string): void {
  const isNew = !existsSync(file);
  write(file, '', 'a');
  if (isNew) rmSync(file);
}

/** Writes a file and the folders above it. */
export function writeText(file: string, text: string): void {
  write(file, text, 'w');
}

function write(file: string, text: string, flag: 'a' | 'w'): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag });
  } catch (error) {
    throw new CannotRun(`${file} cannot be written: ${messageOf(error)}`, error);
  }
}

/** Throws for an option that does not exist, is given twice or without its value, or an argument too many: a slip of the pen must not change what is run. */
export function checkArguments(command: string, rawArgs: readonly string[], args: ArgsDef, positional: number): void {
  const names = Object.entries(args).flatMap(([name, { type }]) => (type === 'positional' ? [] : [name]));
  const isFlag = (name: string): boolean => args[name].type === 'boolean';
  const given = new Set<string>();
  let words = 0;
  for (let index = 0; index < rawArgs.length; index++) {
    const word = rawArgs[index];
    if (!word.startsWith('-')) {
      words += 1;
      continue;
    }
    const [name, value] = word.replace(/^--/, '').split(/=(.*)/s);
    if (!word.startsWith('--') || !names.includes(name)) {
      throw new CannotRun(`${command} has no option ${word}; its options are ${names.map((each) => `--${each}`).join(', ') || 'none'}`);
    }
    if (given.has(name)) throw new CannotRun(`${command} takes --${name} once`);
    given.add(name);
    if (isFlag(name)) {
      if (value !== undefined) throw new CannotRun(`--${name} takes no value`);
    } else if ((value ?? rawArgs[++index] ?? '') === '') throw new CannotRun(`--${name} takes a value`);
  }
  if (words > positional)
    throw new CannotRun(`${command} takes ${positional === 0 ? 'options only' : `${positional} argument`}, got ${words} words`);
}
