/** Starts peers, and says of those that do not start why: a library that is missing is no reason to time nothing. */
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from '../format/message-of.ts';
import type { PeerRow } from '../peers/table.ts';
import type { PeerRecord } from '../result/result.ts';

export interface StartedPeers {
  readonly backends: readonly Backend[];
  readonly records: readonly PeerRecord[];
}

/** The peers of these rows that start, and a record of each. */
export async function startPeers(rows: readonly PeerRow[]): Promise<StartedPeers> {
  const backends: Backend[] = [];
  const records: PeerRecord[] = [];
  for (const { name, about, start } of rows) {
    try {
      const backend = await start();
      backends.push(backend);
      records.push({ name: backend.name, about: `${about}${versionOf(backend)}`, notRun: null });
    } catch (error) {
      records.push({ name, about, notRun: messageOf(error) });
    }
  }
  return { backends, records };
}

function versionOf({ info: { library, version } }: Backend): string {
  return typeof version === 'string' ? ` (${typeof library === 'string' ? `${library} ` : ''}${version})` : '';
}
