/** Imports a backend's module and starts it, with a sentence for each way in which that can go wrong. */
import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBackend, type Backend } from '@laxconv/api/backend';
import { CannotRun } from '../run/cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';
import type { CreateBackend } from '../run/run-conformance.ts';

/**
 * The `createBackend` of a module, bound to its options. `load` imports from the working directory.
 * @throws CannotRun when the module is missing, broken, or exports no `createBackend`.
 */
export async function createBackendOf(
  module: string,
  options: unknown,
  load: (specifier: string) => Promise<unknown>,
): Promise<CreateBackend> {
  let loaded: unknown;
  try {
    loaded = await load(specifierOf(module));
  } catch (error) {
    throw new CannotRun(sentenceFor(module, error), error);
  }
  const createBackend = (loaded as { readonly createBackend?: unknown }).createBackend;
  if (typeof createBackend !== 'function') {
    const names = Object.keys(loaded as object).join(', ');
    throw new CannotRun(`the backend module ${module} exports no function createBackend (it exports ${names === '' ? 'nothing' : names})`);
  }
  return () => (options === undefined ? createBackend() : createBackend(options)) as Promise<Backend>;
}

/** A path becomes a URL, whether or not it begins with a dot; all else is a package's name. */
function specifierOf(module: string): string {
  const isFile = module.startsWith('.') || isAbsolute(module) || statSync(module, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? pathToFileURL(resolve(module)).href : module;
}

function sentenceFor(module: string, error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return `the backend module ${module} cannot be found from ${process.cwd()}: ${messageOf(error)}`;
  }
  return `the backend module ${module} cannot be loaded: ${messageOf(error)}`;
}

/** Starts the backend and looks at its form. @throws CannotRun */
export async function startBackend(module: string, createBackend: CreateBackend): Promise<Backend> {
  let backend: unknown;
  try {
    backend = await createBackend();
  } catch (error) {
    throw new CannotRun(`the backend of ${module} cannot start: ${messageOf(error)}`, error);
  }
  if (isBackend(backend)) return backend;
  throw new CannotRun(
    `createBackend of ${module} made no backend: it must have name, info (with nonFinite: 'ieee' or 'unspecified'), prepare and dispose`,
  );
}
