/** The numeric module: the built-in one, decoded from base64, or the caller's. */
import { refuse } from '@laxconv/api/backend';
import { bestIsa, type Isa } from './isa.ts';

const BUILDS: Readonly<Record<Isa, () => Promise<{ readonly BYTES: string }>>> = {
  simd128: () => import('../generated/simd128.ts'),
  'relaxed-simd': () => import('../generated/relaxed-simd.ts'),
};

/** A module and what it was built for. */
export interface LoadedModule {
  readonly module: WebAssembly.Module;
  readonly isa: Isa;
}

/** The built-in module of `isa`, by default the best that the engine takes. */
export async function loadModule(isa: Isa | null = bestIsa()): Promise<LoadedModule> {
  if (isa === null) {
    throw refuse('backend/unavailable', 'this engine has no WebAssembly SIMD (128 bit)', { op: 'backend wasm', argument: 'backend' });
  }
  const { BYTES } = await BUILDS[isa]();
  return { module: await WebAssembly.compile(decode(BYTES)), isa };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
