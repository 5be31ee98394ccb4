/** JAX on the CPU: `jax.lax.conv_general_dilated`, jitted, channels last. */
import type { Backend } from '@laxconv/api/backend';
import type { PeerOptions } from './peer-options.ts';
import { startPythonPeer } from './python/start-python-peer.ts';

/** A backend over JAX. */
export function createBackend(options?: PeerOptions): Promise<Backend> {
  return startPythonPeer('jax', { function: 'jax', package: 'jax', takes: 'layer', usesFft: false, mostDimensions: 3 }, options);
}
