/** Starts a peer in Python, or says what is missing. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { peerBackend } from '../peer-backend.ts';
import type { PeerOptions } from '../peer-options.ts';
import { pythonPeer, type PythonFunction } from './python-peer.ts';
import { PythonProcess } from './python-process.ts';

/** A backend over `fn`; its name gets the number of threads. */
export async function startPythonPeer(name: string, fn: PythonFunction, options: PeerOptions = {}): Promise<Backend> {
  checkOptions(name, options, ['threads']);
  const { threads = 1 } = options;
  const python = PythonProcess.use(threads);
  try {
    const { head } = await python.ask({ op: 'version', package: fn.package });
    return peerBackend(pythonPeer(`${name}-${threads}t`, threads, String(head['version']), fn, python));
  } catch (error) {
    python.release();
    throw error;
  }
}
