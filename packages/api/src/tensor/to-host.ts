/** What a caller does with a tensor that may be on a device: read it back, free it. Both work on host tensors too. */
import { isLaxconvError, refuse, type LaxconvError } from '../errors.ts';
import type { DType } from './dtype.ts';
import { checkData, checkTensor, describe, isDeviceTensor, type AnyTensor, type DeviceTensor, type Tensor } from './tensor.ts';

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
  checkTensor('toHost', 't', t);
  // The handle's shape is the label that counts: a result [1, 1, n] is handed out as [n].
  return isDeviceTensor(t) ? { ...(await read(t)), shape: [...t.shape] } : (t as Tensor<D>);
}

/** What is read, of the dtype and as long as the handle says; whatever else comes back is the backend's fault. */
async function read<D extends DType>({ dtype, shape, device }: DeviceTensor<D>): Promise<Tensor<D>> {
  const fault = (cause: unknown): LaxconvError => {
    const reason = cause instanceof Error ? cause.message : describe(cause);
    return refuse('backend/failed', `reading from the device failed: ${reason}`, { op: 'toHost', argument: 't', cause });
  };
  let tensor: Tensor<D>;
  try {
    tensor = await device.read();
  } catch (error) {
    throw isLaxconvError(error) ? error : fault(error);
  }
  try {
    checkTensor('toHost', 'the result', tensor);
    checkData('toHost', 'the result', dtype, shape, tensor.data);
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
  checkTensor('disposeTensor', 't', t);
  if (isDeviceTensor(t)) t.device.free();
}
