/** The backends that a bench runs on: ours by name, anybody's by module path. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';
import { OUR_BACKENDS, OURS, type BackendModule } from './our-backends.ts';

/** Starts the backend of this name, or of the module at this path. Throws an Error whose sentence says what is missing. */
export async function startBackend(name: string): Promise<Backend> {
  const module = await loadModule(name);
  if (typeof module.createBackend !== 'function') throw new Error(`${name} exports no createBackend`);
  try {
    const backend = await module.createBackend();
    return Object.hasOwn(OURS, name) ? named(backend, name) : backend;
  } catch (cause) {
    throw new Error(`the backend ${name} does not start: ${messageOf(cause)}`, { cause });
  }
}

/** The backend under its row's name: one package can have several rows, with other options. */
function named(backend: Backend, name: string): Backend {
  if (backend.name === name) return backend;
  const { info } = backend;
  return { name, info, prepare: (problem) => backend.prepare(problem), dispose: () => backend.dispose() };
}

/** Throws an Error when two have one name: results are told apart by it. */
export function checkNames(backends: readonly Backend[]): void {
  const seen = new Set<string>();
  for (const { name } of backends) {
    if (seen.has(name)) throw new Error(`two of the backends are called ${name}`);
    seen.add(name);
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
