/** Starts peers, and says of those that do not start why: a library that is missing is no reason to time nothing. */
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';
import type { PeerRow } from '../peers/table.ts';
import type { PeerRecord } from '../result/result.ts';

export interface StartedPeers {
  readonly backends: readonly Backend[];
  readonly records: readonly PeerRecord[];
  /** A fresh start of the peer of this name, for one that has failed: a library that has crashed may do nothing right after it. */
  readonly restart: (backend: Backend) => Promise<Backend>;
}

/** The peers of these rows that start, and a record of each. */
export async function startPeers(rows: readonly Omit<PeerRow, 'on'>[]): Promise<StartedPeers> {
  const backends: Backend[] = [];
  const records: PeerRecord[] = [];
  const starts = new Map<string, PeerRow['start']>();
  for (const { name, about, start } of rows) {
    try {
      const backend = await start();
      backends.push(backend);
      starts.set(backend.name, start);
      records.push({ name: backend.name, about: `${about}${versionOf(backend)}`, notRun: null });
    } catch (error) {
      records.push({ name, about, notRun: messageOf(error) });
    }
  }
  const restart = async (backend: Backend): Promise<Backend> => {
    const start = starts.get(backend.name);
    if (start === undefined) return backend;
    // What has crashed may not even be disposed of.
    await Promise.allSettled([backend.dispose()]);
    return start();
  };
  return { backends, records, restart };
}

function versionOf({ info: { library, version } }: Backend): string {
  return typeof version === 'string' ? ` (${typeof library === 'string' ? `${library} ` : ''}${version})` : '';
}
