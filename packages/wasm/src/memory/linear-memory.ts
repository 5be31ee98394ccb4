/** Linear memories: as large as they may get, or as large as the platform lets them. */
import { outOfMemory } from './out-of-memory.ts';

/** Pages of 64 KiB: 4 GiB but for one, so that the end of the memory is an address too; and what to be content with. */
const MAXIMA = [65535, 32768, 16384, 4096];

/** Bytes that there can be at most. */
export const MOST_BYTES = MAXIMA[0] * 65536;

/** A memory of the calling thread's own. It does not claim its maximum, so that any platform grants it. */
export function plainMemory(most = MAXIMA[0]): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: most });
}

/** A memory that workers can share. Its address space is claimed when it is made, which some platforms (phones, most) grant only in part. */
export function sharedMemory(most = MAXIMA[0]): WebAssembly.Memory {
  let cause: unknown;
  for (const maximum of MAXIMA) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum: Math.min(maximum, most), shared: true });
    } catch (error) {
      cause = error;
    }
  }
  throw outOfMemory(MAXIMA[MAXIMA.length - 1] * 65536, cause);
}
