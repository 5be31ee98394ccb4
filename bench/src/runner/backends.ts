/** The backends that a bench runs on: ours by name, anybody's by module path. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';
import { sharedGpu } from '../gpu/shared-gpu.ts';
import { waitWith } from './device-timing.ts';
import { OUR_BACKENDS, OURS, type BackendModule, type BackendRow } from './our-backends.ts';

/** Before the path of a module whose `createBackend` takes `{ device }`. */
const ON_GPU = 'gpu:';
/**
 * Behind a backend's name or path, what its `createBackend` is given: `tune` tries kernels out when a case is prepared; who expects one run
 * wants its result soon; one thread is for beside peers of one thread, whose names end so, too.
 */
const VARIANTS: Readonly<Record<string, object>> = {
  ':tuned': { tune: true },
  ':once': { expectedRuns: 1 },
  '-1t': { threads: 1 },
};

/** A backend's row or path, and the options that its variant stands for. */
export function variantOf(name: string): { readonly row: string; readonly variant: string; readonly options: object } {
  const variant = Object.keys(VARIANTS).find((suffix) => name.endsWith(suffix)) ?? '';
  return { row: name.slice(0, name.length - variant.length), variant, options: VARIANTS[variant] ?? {} };
}

/** Starts the backend of this name, or of the module at this path. Throws an Error whose sentence says what is missing. */
export async function startBackend(name: string): Promise<Backend> {
  const { row, variant, options } = variantOf(name);
  const { load, onGpu = false } = rowOf(row);
  const module = await load();
  if (typeof module.createBackend !== 'function') throw new Error(`${name} exports no createBackend`);
  try {
    const backend = await (onGpu ? startOnGpu(module as BackendModule, options) : module.createBackend(options));
    const shown = Object.hasOwn(OURS, row) ? row : backend.name;
    return named(backend, `${shown}${variant}`);
  } catch (cause) {
    throw new Error(`the backend ${name} does not start: ${messageOf(cause)}`, { cause });
  }
}

async function startOnGpu(module: BackendModule, options: object): Promise<Backend> {
  const { device, done } = await sharedGpu();
  const backend = await module.createBackend({ ...options, device });
  waitWith(backend, done);
  return backend;
}

/**
 * The backend under another name: one package can be there twice, with other options. It is ours, and renamed in place, because tensors on
 * its device are told by which object it is.
 */
function named(backend: Backend, name: string): Backend {
  return backend.name === name ? backend : Object.defineProperty(backend, 'name', { value: name, enumerable: true });
}

/** Throws an Error when two have one name: results are told apart by it. */
export function checkNames(backends: readonly Backend[]): void {
  const seen = new Set<string>();
  for (const { name } of backends) {
    if (seen.has(name)) throw new Error(`two of the backends are called ${name}`);
    seen.add(name);
  }
}

function rowOf(name: string): BackendRow {
  if (Object.hasOwn(OURS, name)) return OURS[name];
  const onGpu = name.startsWith(ON_GPU);
  const file = onGpu ? name.slice(ON_GPU.length) : name;
  if (/[./\\]/.test(file)) return { onGpu, load: () => loadModule(file) };
  throw new Error(
    `there is no backend '${name}'; there is ${OUR_BACKENDS.join(', ')}, or give the path of a module that exports createBackend`,
  );
}

async function loadModule(file: string): Promise<Partial<BackendModule>> {
  try {
    return (await import(pathToFileURL(path.resolve(file)).href)) as Partial<BackendModule>;
  } catch (cause) {
    throw new Error(`the backend module ${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}
