/** The numeric module: the built-in one, unpacked, or the caller's. */
import { refuse, type LaxconvError } from '@laxconv/api/backend';
import { FINGERPRINT } from '../generated/fingerprint.ts';
import { inflated } from './inflated.ts';
import { bestIsa, checkWebAssembly, type Isa } from './isa.ts';

interface Build {
  readonly DEFLATED: string;
  readonly SHARED: readonly (readonly [at: number, byte: number])[];
}

const BUILDS: Readonly<Record<Isa, () => Promise<Build>>> = {
  simd128: () => import('../generated/simd128.ts'),
  'relaxed-simd': () => import('../generated/relaxed-simd.ts'),
};

/** The custom section that says what a module is (toolchain/finish-module.ts). */
const SECTION = 'laxconv';

/** A module and what it was built for. */
export interface LoadedModule {
  readonly module: WebAssembly.Module;
  readonly isa: Isa;
  /** True where its memory must be shared, false where it must not be. */
  readonly isShared: boolean;
}

/** The bytes of the built-in module of `isa`, by default the best that the engine takes, for a memory that is shared or not. */
export async function builtInBytes(isShared: boolean, isa: Isa | null = bestIsa()): Promise<Uint8Array<ArrayBuffer>> {
  if (isa === null) {
    throw refuse('backend/unavailable', 'this engine has no WebAssembly SIMD (128 bit)', { op: 'backend wasm', argument: 'backend' });
  }
  const { DEFLATED, SHARED } = await build(isa);
  const bytes = await unpacked(DEFLATED);
  if (isShared) for (const [at, byte] of SHARED) bytes[at] = byte;
  return bytes;
}

/** The built-in module. */
export async function loadModule(isa?: Isa, isShared = false): Promise<LoadedModule> {
  return described(await compiledHere(await builtInBytes(isShared, isa)));
}

async function build(isa: Isa): Promise<Build> {
  try {
    return await BUILDS[isa]();
  } catch (cause) {
    throw unavailable(`its module cannot be loaded here; ${GIVE_IT}`, cause);
  }
}

async function unpacked(deflated: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await inflated(decoded(deflated));
  } catch (cause) {
    throw unavailable(`its module cannot be unpacked here; ${GIVE_IT}`, cause);
  }
}

const GIVE_IT = 'give it as the option module, from moduleBytes() or compileModule() elsewhere';

/** `bytes` of our own, compiled: where that fails, the place forbids it. */
export async function compiledHere(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw unavailable("WebAssembly may not be compiled here; a Content-Security-Policy must have script-src 'wasm-unsafe-eval'", cause);
  }
}

function unavailable(reason: string, cause: unknown): LaxconvError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return refuse('backend/unavailable', `${reason} (${said})`, { op: 'backend wasm', argument: 'backend', cause });
}

/**
 * The caller's module. Nothing is waited for where it is compiled.
 *
 * @throws LaxconvValueError (`backend/option`) on anything but this version's module or its bytes
 * @throws LaxconvRuntimeError (`backend/unavailable`) where there is no WebAssembly
 */
export function givenModule(given: unknown): LoadedModule | Promise<LoadedModule> {
  checkWebAssembly();
  if (isModule(given)) return described(given as WebAssembly.Module);
  if (!ArrayBuffer.isView(given) && !isBuffer(given)) {
    throw wrongModule('it must be a WebAssembly.Module or its bytes', given);
  }
  return compiled(given);
}

async function compiled(given: ArrayBufferLike | ArrayBufferView): Promise<LoadedModule> {
  let module: WebAssembly.Module;
  try {
    const bytes = ArrayBuffer.isView(given) ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);
    // A copy, of shared bytes too, which WebAssembly does not take.
    module = await WebAssembly.compile(new Uint8Array(bytes));
  } catch (cause) {
    throw wrongModule(`its bytes do not compile here: ${cause instanceof Error ? cause.message : String(cause)}`, given, cause);
  }
  return described(module);
}

function described(module: WebAssembly.Module): LoadedModule {
  const sections = WebAssembly.Module.customSections(module, SECTION);
  if (sections.length === 0) throw wrongModule('it is not one of @laxconv/wasm', module);
  // An AudioWorklet has no TextDecoder.
  const [isa, memory, fingerprint] = String.fromCharCode(...new Uint8Array(sections[0])).split(/ +/u);
  if (fingerprint !== FINGERPRINT || !(isa in BUILDS)) throw wrongModule('it comes from another version of @laxconv/wasm', module);
  return { module, isa: isa as Isa, isShared: memory === 'shared' };
}

function wrongModule(reason: string, module: unknown, cause?: unknown): LaxconvError {
  return refuse('backend/option', `module is wrong: ${reason}; compileModule() of @laxconv/wasm gives the right one`, {
    op: 'backend wasm: createBackend',
    argument: 'module',
    values: { module },
    cause,
  });
}

/** True for a module of any realm; what only has its prototype is none. */
function isModule(value: unknown): boolean {
  try {
    WebAssembly.Module.imports(value as WebAssembly.Module);
    return true;
  } catch {
    return false;
  }
}

/** True for memory of any realm, shared or not; what only has its prototype is none. */
function isBuffer(value: unknown): value is ArrayBufferLike {
  return hasByteLength(ArrayBuffer, value) || (typeof SharedArrayBuffer === 'function' && hasByteLength(SharedArrayBuffer, value));
}

function hasByteLength({ prototype }: { readonly prototype: ArrayBufferLike }, value: unknown): boolean {
  try {
    Object.getOwnPropertyDescriptor(prototype, 'byteLength')?.get?.call(value);
    return true;
  } catch {
    return false;
  }
}

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  if (typeof atob !== 'function') throw new Error('there is no atob');
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
