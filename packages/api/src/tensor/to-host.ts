/** What a caller does with a tensor that may be on a device: read it back, free it. Both work on host tensors too. */
import { reading } from '../call/reading.ts';
import { isLaxconvError, refuse, type LaxconvError } from '../errors.ts';
import type { DType } from './dtype.ts';
import { saidBy } from './describe.ts';
import { readData, readTensor } from './read-tensor.ts';
import { isDeviceTensor, type AnyTensor, type DeviceTensor, type Tensor } from './tensor.ts';

/**
 * The tensor in host memory: a device tensor is read back, a host tensor is returned as it is.
 *
 * @param t A tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is no tensor
 * @throws {@link LaxconvRuntimeError} when it was disposed of, or what should have computed it failed
 * @example
 * const x = await backend.toDevice(tensor([1, 2]));
 * toNested(await toHost(x)); // → [1, 2]
 */
export async function toHost<D extends DType>(t: AnyTensor<D> | DeviceTensor<D>): Promise<Tensor<D>> {
  const given = reading('toHost', () => readTensor('toHost', 't', t));
  // The handle's shape is the label that counts: a result [1, 1, n] is handed out as [n].
  return isDeviceTensor(given) ? { ...(await read(given as DeviceTensor<D>)), shape: [...given.shape] } : (t as Tensor<D>);
}

/** What is read, of the dtype and as long as the handle says; whatever else comes back is the backend's fault. */
async function read<D extends DType>({ dtype, shape, device }: DeviceTensor<D>): Promise<Tensor<D>> {
  const fault = (cause: unknown): LaxconvError => {
    const reason = saidBy(cause);
    return refuse('backend/failed', `reading from the device failed: ${reason}`, { op: 'toHost', argument: 't', cause });
  };
  let tensor: Tensor<D>;
  try {
    tensor = await device.read();
  } catch (error) {
    throw isLaxconvError(error) ? error : fault(error);
  }
  try {
    readData('toHost', 'the result', tensor, { shape, dtype });
  } catch (error) {
    throw fault(error);
  }
  return tensor;
}

/**
 * Frees a device tensor's memory; a host tensor has none to free. Idempotent.
 *
 * @param t A tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is no tensor
 * @example
 * const x = await backend.toDevice(tensor([1, 2]));
 * disposeTensor(x);
 * disposeTensor(x); // → undefined
 */
export function disposeTensor(t: AnyTensor | DeviceTensor): void {
  const given = reading('disposeTensor', () => readTensor('disposeTensor', 't', t));
  if (isDeviceTensor(given)) given.device.free();
}
