/** JAX on the GPU: `jax.lax.conv_general_dilated`, jitted, channels last, in float32 throughout. Results stay on the GPU. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { startPythonPeerOnGpu } from './python/start-python-peer.ts';

/** A backend over JAX. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('jax-gpu', options, []);
  return startPythonPeerOnGpu('jax-gpu', { function: 'jax', package: 'jax', takes: 'layer', usesFft: false, mostDimensions: 3 });
}
