/** The public functions by the name that goldens use, on a backend. */
import { laxconvOn } from '@laxconv/api';
import { isDeviceTensor, type Backend, type OperandTensor, type Tensor } from '@laxconv/api/backend';

/**
 * Calls `fn`, such as `'lax.conv'`, with these arguments on an instance of its own, and gives what `use` makes of the result while the
 * instance lives. Rejects as the call does; never throws.
 */
export async function callFunction(
  backend: Backend,
  fn: string,
  args: readonly unknown[],
  use: (result: unknown) => unknown = (result) => result,
): Promise<unknown> {
  const instance = laxconvOn(backend);
  try {
    const target = fn.split('.').reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], instance);
    if (typeof target !== 'function') throw new TypeError(`laxconv has no function ${fn}`);
    return await use(await target(...args));
  } finally {
    await instance.dispose();
  }
}

/** A result on the host. */
export async function onHost(result: OperandTensor): Promise<Tensor> {
  return isDeviceTensor(result) ? result.device.read() : (result as Tensor);
}
