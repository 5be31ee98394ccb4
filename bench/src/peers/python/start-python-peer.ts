/** Starts a peer in Python, or says what is missing. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { peerBackend } from '../peer-backend.ts';
import type { PeerOptions } from '../peer-options.ts';
import { pythonPeer, type PythonFunction } from './python-peer.ts';
import { PythonProcess, type PythonPlace } from './python-process.ts';

/** A backend over `fn`; its name gets the number of threads. */
export function startPythonPeer(name: string, fn: PythonFunction, options: PeerOptions = {}): Promise<Backend> {
  checkOptions(name, options, ['threads']);
  const { threads = 1 } = options;
  return startAt(threads, `${name}-${threads}t`, fn);
}

/** A backend over `fn` on the GPU that Python finds. */
export function startPythonPeerOnGpu(name: string, fn: PythonFunction): Promise<Backend> {
  return startAt('gpu', name, fn);
}

async function startAt(place: PythonPlace, name: string, fn: PythonFunction): Promise<Backend> {
  const python = PythonProcess.use(place);
  try {
    const { head } = await python.ask({ op: 'version', package: fn.package });
    const computesOn = place === 'gpu' ? { device: String(head['device']) } : { threads: place };
    return peerBackend(pythonPeer(name, { version: String(head['version']), ...computesOn }, fn, python));
  } catch (error) {
    python.release();
    throw error;
  }
}
