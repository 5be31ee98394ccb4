/** Which build of the module this engine takes. */
import { refuse } from '@laxconv/api/backend';

/** The builds: with 128-bit SIMD, and with relaxed SIMD (fused multiply-add) besides. */
export type Isa = 'simd128' | 'relaxed-simd';

// (module (func (result v128) v128.const 0 …)) with the one instruction that is asked for.
const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10];
const zero = [0x41, 0, 0xfd, 15];
const probe = (body: readonly number[]): Uint8Array<ArrayBuffer> => {
  const code = [0, ...body, 0x0b];
  return new Uint8Array([...header, code.length + 2, 1, code.length, ...code]);
};
/** i8x16.splat */
const SIMD128 = probe(zero);
/** f32x4.relaxed_madd */
const RELAXED = probe([...zero, ...zero, ...zero, 0xfd, 0x85, 2]);

/** Refuses a platform without WebAssembly. */
export function checkWebAssembly(): void {
  if (typeof WebAssembly === 'object') return;
  throw refuse('backend/unavailable', 'there is no WebAssembly here: Node has none with --jitless, a browser none in lockdown mode', {
    op: 'backend wasm',
    argument: 'backend',
  });
}

/** The best build that validates here; null without SIMD. */
export function bestIsa(): Isa | null {
  checkWebAssembly();
  if (WebAssembly.validate(RELAXED)) return 'relaxed-simd';
  return WebAssembly.validate(SIMD128) ? 'simd128' : null;
}
