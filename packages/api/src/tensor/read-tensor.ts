/**
 * Tensors as they are at a call: every part is read once, since a getter or a proxy may say something else each time, and the elements are
 * reached through a view of our own. What is returned of host memory is ours; the caller's object is not looked at again.
 */
import { refuse } from '../errors.ts';
import type { OperandTensor } from '../problem/backend.ts';
import type { TensorSpec } from '../problem/problem.ts';
import { plainData, plainView } from './plain-data.ts';
import { checkData, checkDType, checkIsTensor, checkShape, isDeviceTensor, MAX_RANK, type AnyTensor, type DeviceTensor } from './tensor.ts';

/**
 * Shape and dtype of `value`, each read once; `op` and `argument` are what a refusal names.
 *
 * @throws `LaxconvTypeError` or `LaxconvValueError` (`tensor/not-a-tensor`, `tensor/dtype`, `tensor/shape`)
 * @example
 * readSpec('my backend: toDevice', 'tensor', tensor([1, 2, 3])); // → { shape: [3], dtype: 'float32' }
 */
export function readSpec(op: string, argument: string, value: unknown): TensorSpec {
  checkIsTensor(op, argument, value);
  const { dtype } = value;
  checkDType(op, `${argument}.dtype`, dtype);
  return { shape: readShape(op, argument, value.shape), dtype };
}

/** A copy of the shape of `argument`, or the refusal that names it. */
export function readShape(op: string, argument: string, value: unknown): readonly number[] {
  const shape = copyOf(value);
  checkShape(op, argument, shape);
  return shape;
}

function copyOf(shape: unknown): unknown {
  if (!Array.isArray(shape)) return shape;
  const { length } = shape;
  // What is too long is refused, not copied.
  return length > MAX_RANK ? shape : Array.from({ length }, (_, axis) => shape[axis] as unknown);
}

/** The tensor `value`, or the refusal that names it: no tensor, or one whose memory is not what shape and dtype say. */
export function readTensor(op: string, argument: string, value: unknown): OperandTensor {
  return readElements(op, argument, value as object, readSpec(op, argument, value));
}

/** As `readTensor`, for one that must be in host memory. */
export function readHostTensor(op: string, argument: string, value: unknown): AnyTensor {
  const tensor = readTensor(op, argument, value);
  if (!isDeviceTensor(tensor)) return tensor;
  throw refuse('tensor/not-a-tensor', `${argument} is on a device; await toHost(${argument}) reads it back`, { op, argument });
}

/** The tensor `value`, of which shape and dtype are known. */
export function readElements(op: string, argument: string, value: object, spec: TensorSpec): OperandTensor {
  // A handle is its backend's, which may know it by its identity; there is nothing in it to read.
  if (isDeviceTensor(value)) return value;
  const data = checkedData(op, argument, value, spec);
  // A view of our own, whatever happens to the caller's until the call is done.
  return { ...spec, data: plainView(spec.dtype, data) };
}

/** Shape and dtype of `value`, and the device that it is on, if any: what a call needs that is not run. */
export function readPlaced(op: string, argument: string, value: unknown): TensorSpec | DeviceTensor {
  const spec = readSpec(op, argument, value);
  return isDeviceTensor(value) ? value : spec;
}

/** The elements of a host tensor, to be used at once. Allocates nothing for an ordinary array. */
export function readData(op: string, argument: string, value: object, spec: TensorSpec): AnyTensor['data'] {
  return plainData(spec.dtype, checkedData(op, argument, value, spec));
}

function checkedData(op: string, argument: string, value: object, { shape, dtype }: TensorSpec): ArrayBufferView {
  const { data } = value as { readonly data?: unknown };
  checkData(op, argument, dtype, shape, data);
  return data;
}
