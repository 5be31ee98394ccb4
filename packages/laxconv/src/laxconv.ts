/** `laxconv`: starts backends and binds the functions to them. */
import { laxconvOn, type Instance } from '@laxconv/api';
import { checkLaxconvOptions, choicesOf, type LaxconvOptions } from './options.ts';
import { startBackends } from './start-backends.ts';

/**
 * JAX's convolutions on the backend you pick. The instance disposes of the backends started here, not of Backend objects that you give.
 *
 * @param options Which backend, and options for each; `laxconv()` takes the best that starts here (`'auto'`).
 * @returns The functions (`lax`, `numpy`, `scipy`), `backend`, which says what runs them and why the others do not, and `dispose`.
 * @throws {@link LaxconvTypeError} on an unknown option
 * @throws {@link LaxconvValueError} on an unknown backend
 * @throws {@link LaxconvRuntimeError} when no backend can start; it says what is missing
 * @example
 * const { lax, backend, dispose } = await laxconv({ backend: 'naive' });
 * const y = await lax.conv(tensor([[[1, 2, 3, 4]]]), tensor([[[1, 1]]]), [1], 'VALID');
 * toNested(y); // → [[[3, 5, 7]]]
 * backend.name; // → 'naive'
 * await dispose();
 */
export async function laxconv(options: LaxconvOptions = {}): Promise<Instance> {
  checkLaxconvOptions(options);
  const { backends, created, rejected } = await startBackends(choicesOf(options.backend), options);
  return laxconvOn(backends, { rejected, owned: created });
}
