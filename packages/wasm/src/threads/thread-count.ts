/** How many threads: what was asked for, what there is, and why it is not more. */
import { wrongOption } from '@laxconv/api/backend';
import { nodeThreads } from './platform.ts';

/** More than this only wait for each other. */
const MOST_BY_ITSELF = 8;
/** More than this is a slip. */
const MOST = 64;

/** Threads, and the sentence that `backend.info` gives with them. */
export interface ThreadCount {
  readonly threads: number;
  readonly reason: string;
}

/**
 * The threads for the option `threads`.
 *
 * @throws LaxconvValueError (`backend/option`) on anything but 'auto' and whole numbers from 1 to 64
 */
export function threadCount(asked: unknown): ThreadCount {
  if (asked !== undefined && asked !== 'auto' && !isCount(asked)) {
    throw wrongOption('backend wasm: createBackend', 'threads', `'auto' or a whole number from 1 to ${MOST}`, asked);
  }
  if (asked === 1) return { threads: 1, reason: 'as asked' };
  const obstacle = obstacleToThreads();
  if (obstacle !== null) return { threads: 1, reason: obstacle };
  if (isCount(asked)) return { threads: asked, reason: 'as asked' };
  const processors = (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1;
  if (processors > MOST_BY_ITSELF)
    return { threads: MOST_BY_ITSELF, reason: `this machine runs ${processors}, of which ${MOST_BY_ITSELF} are taken` };
  return { threads: Math.max(1, processors), reason: `this machine runs ${processors} at a time` };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST;
}

/** Why there can be one thread only; null where there can be more. */
function obstacleToThreads(): string | null {
  const platform = globalThis as { crossOriginIsolated?: boolean };
  if (platform.crossOriginIsolated === false) {
    return 'the page is not cross-origin isolated: its server must send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp';
  }
  if (typeof SharedArrayBuffer !== 'function') return 'this platform has no SharedArrayBuffer';
  if (typeof Worker !== 'function' && nodeThreads() === undefined) return 'there are no workers here';
  return null;
}
