/**
 * The last touches to a compiled module: a custom section that says what it is, for a module that comes compiled from elsewhere, and where
 * to change it into one for a shared memory. That is one flag in its import (and one letter in the section): the code is the same, since
 * what threads tell each other goes through Atomics in JavaScript, not through instructions of the module. So there are two builds, not four.
 */

const IMPORT_SECTION = 2;
const IMPORTED_MEMORY = 2;
/** Flags of a memory's limits. */
const HAS_MAXIMUM = 1;
const HAS_MAXIMUM_AND_IS_SHARED = 3;

/** A module that is ready, and the bytes that make it take a shared memory. */
export interface FinishedModule {
  readonly module: Buffer;
  readonly sharedAt: readonly (readonly [at: number, byte: number])[];
}

/** `module` with the section 'laxconv': "<isa> plain <fingerprint>". */
export function finished(module: Buffer, isa: string, fingerprint: string): FinishedModule {
  const flags = limitsOfMemory(module);
  const name = Buffer.from('laxconv');
  const text = Buffer.from(`${isa} plain  ${fingerprint}`);
  const section = Buffer.concat([Buffer.from([0, 1 + name.length + text.length, name.length]), name, text]);
  const plainAt = module.length + 3 + name.length + isa.length + 1;
  const shared = [...Buffer.from('shared')].map((byte, index) => [plainAt + index, byte] as const);
  return { module: Buffer.concat([module, section]), sharedAt: [[flags, HAS_MAXIMUM_AND_IS_SHARED], ...shared] };
}

/** Where the limits of the one import, the memory, begin. */
function limitsOfMemory(module: Buffer): number {
  let at = 8;
  while (at < module.length) {
    const id = module[at];
    const size = leb(module, at + 1);
    if (id === IMPORT_SECTION) return flagsOf(module, size.end);
    at = size.end + size.value;
  }
  throw new Error('the module imports no memory');
}

function flagsOf(module: Buffer, at: number): number {
  const count = leb(module, at);
  const first = leb(module, count.end);
  const second = leb(module, first.end + first.value);
  const kind = second.end + second.value;
  const flags = kind + 1;
  if (count.value === 1 && module[kind] === IMPORTED_MEMORY && module[flags] === HAS_MAXIMUM) return flags;
  throw new Error('the module must import one memory with a maximum, and nothing else');
}

function leb(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value |= (bytes[at] & 0x7f) << shift;
    if (bytes[at] < 0x80) return { value, end: at + 1 };
  }
}
