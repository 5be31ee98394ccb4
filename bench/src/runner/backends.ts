/** The backends that a bench runs on: ours by name, anybody's by module path. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';

type BackendModule = { readonly createBackend: () => Promise<Backend> };

/** Those of this repository, in the order they are shown. */
const OURS: Readonly<Record<string, () => Promise<BackendModule>>> = {
  naive: () => import('@laxconv/naive'),
  wasm: () => import('@laxconv/wasm'),
};

export const OUR_BACKENDS: readonly string[] = Object.keys(OURS);

/** Starts the backend of this name, or of the module at this path. Throws an Error whose sentence says what is missing. */
export async function startBackend(name: string): Promise<Backend> {
  const module = await loadModule(name);
  if (typeof module.createBackend !== 'function') throw new Error(`${name} exports no createBackend`);
  try {
    return await module.createBackend();
  } catch (cause) {
    throw new Error(`the backend ${name} does not start: ${messageOf(cause)}`, { cause });
  }
}

async function loadModule(name: string): Promise<Partial<BackendModule>> {
  if (Object.hasOwn(OURS, name)) return OURS[name]();
  const isPath = /[./\\]/.test(name);
  if (!isPath)
    throw new Error(
      `there is no backend '${name}'; there is ${OUR_BACKENDS.join(', ')}, or give the path of a module that exports createBackend`,
    );
  try {
    return (await import(pathToFileURL(path.resolve(name)).href)) as Partial<BackendModule>;
  } catch (cause) {
    throw new Error(`the backend module ${name} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}
