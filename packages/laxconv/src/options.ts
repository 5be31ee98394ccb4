/** What a caller may say to `laxconv`, and its checks. */
import { checkOptions, isBackend, refuse, type Backend } from '@laxconv/api/backend';
import { BACKEND_NAMES, isBackendName, type BackendName } from './loaders.ts';

/** A backend by name, or a Backend object that you made and will dispose of. */
export type BackendChoice = BackendName | Backend;

/** How the wasm backend is started. */
export interface WasmOptions {
  /** How many threads compute; 'auto': as many as the machine and the page's headers allow. */
  readonly threads?: number | 'auto';
  /** A WebAssembly.Module, or its bytes, where the built-in one cannot be loaded. */
  readonly module?: object;
}

/** How the webgpu backend is started. */
export interface WebgpuOptions {
  /** Your GPUDevice, which you dispose of. */
  readonly device?: object;
  /** The GPU to ask for a device, where it is not `navigator.gpu`. */
  readonly gpu?: object;
}

/** The options of {@link laxconv}. */
export interface LaxconvOptions {
  /**
   * Which backend computes. One never falls back; of a list each is tried, in order, for each problem. `'auto'` (the default) is the list
   * `['webgpu', 'wasm', 'naive']` of those that start here.
   */
  readonly backend?: 'auto' | BackendChoice | readonly BackendChoice[] | undefined;
  /** For the wasm backend, when it is started: how many threads, and a compiled module where the built-in one cannot be loaded. */
  readonly wasm?: WasmOptions | undefined;
  /** For the webgpu backend, when it is started: your GPUDevice, or the GPU to ask for one. */
  readonly webgpu?: WebgpuOptions | undefined;
}

const OPTION_NAMES: readonly string[] = ['backend', 'wasm', 'webgpu'] satisfies (keyof LaxconvOptions)[];

const op = 'laxconv';

/** @throws LaxconvTypeError when `options` is not one plain object of known options. */
export function checkLaxconvOptions(options: unknown): asserts options is LaxconvOptions {
  checkOptions(op, options, OPTION_NAMES);
  const { wasm, webgpu } = options as LaxconvOptions;
  for (const [name, value] of Object.entries({ wasm, webgpu })) {
    if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) continue;
    throw refuse('call/options', `option ${name} must be an object, got ${show(value)}`, { op, argument: name, values: { [name]: value } });
  }
}

/**
 * The backends to try, in order.
 * @throws LaxconvValueError (`backend/unknown`) when `backend` names none, or is an empty list.
 */
export function choicesOf(backend: unknown): readonly BackendChoice[] {
  if (backend === undefined || backend === 'auto') return BACKEND_NAMES;
  const choices: readonly unknown[] = Array.isArray(backend) ? backend : [backend];
  if (choices.length === 0) throw unknownBackend('the list of backends is empty', backend);
  return choices.map((choice) => {
    if (isBackendName(choice) || isBackend(choice)) return choice;
    const names = BACKEND_NAMES.map(show).join(', ');
    throw unknownBackend(
      `there is no backend ${show(choice)}: it must be 'auto', ${names}, a Backend object, or a list of names and objects`,
      choice,
    );
  });
}

function unknownBackend(message: string, backend: unknown): Error {
  return refuse('backend/unknown', message, { op, argument: 'backend', values: { backend } });
}

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
