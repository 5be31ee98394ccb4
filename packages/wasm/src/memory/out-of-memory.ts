/** The refusal when the linear memory, 4 GiB at most, has no room. */
import { refuse, type LaxconvError } from '@laxconv/api/backend';

/** Says how much was wanted. */
export function outOfMemory(bytes: number, cause?: unknown): LaxconvError {
  return refuse('memory/exhausted', `there is no room for ${bytes} more bytes in the WebAssembly memory (4 GiB at most)`, {
    op: 'backend wasm',
    argument: 'this',
    values: { bytes },
    cause,
  });
}
