/** Tensors: plain `{ dtype, shape, data }` objects on the host, opaque handles on a device. Row-major, contiguous. */
import { refuse } from '../errors.ts';
import { allocate } from './allocate.ts';
import { describe } from './describe.ts';
import { DTYPE_NAMES, DTYPES, isDType, type DataOf, type DType } from './dtype.ts';
import { classOf, isDetached, lengthOf } from './intrinsics.ts';

/** A host tensor. Plain data: it can be written out, cloned and posted to a worker. */
export interface Tensor<D extends DType = DType, B extends ArrayBufferLike = ArrayBuffer> {
  /** What the elements are. */
  readonly dtype: D;
  /** Sizes per dimension; `[]` is a scalar. */
  readonly shape: readonly number[];
  /** Row-major elements; complex dtypes have two array elements (re, im) each. */
  readonly data: DataOf<B>[D];
}

/** A host tensor of any dtype over any buffer: what functions accept. */
export type AnyTensor<D extends DType = DType> = Tensor<D, ArrayBufferLike>;

/** A tensor in a device's memory. `toHost` and `disposeTensor` work on it. */
export interface DeviceTensor<D extends DType = DType> {
  /** What the elements are. */
  readonly dtype: D;
  /** Sizes per dimension. */
  readonly shape: readonly number[];
  /** Present on device tensors only; the backend that owns the memory, and how to read and free it. */
  readonly device: {
    /** The backend whose memory it is. */
    readonly owner: object;
    /** Copies it to the host: what `toHost` calls. */
    read(): Promise<Tensor<D>>;
    /** Gives the memory back: what `disposeTensor` calls. Idempotent. */
    free(): void;
  };
}

/**
 * The number of elements of a shape.
 *
 * @example
 * sizeOf([2, 3]); // → 6
 * sizeOf([]); // → 1
 */
export function sizeOf(shape: readonly number[]): number {
  let product = 1;
  for (let axis = 0; axis < shape.length; axis++) product *= shape[axis];
  return product;
}

/**
 * A zero-filled tensor.
 *
 * @throws `LaxconvRuntimeError` when there is no memory for it
 * @example
 * toNested(zeros([1, 2], 'int8')); // → [[0, 0]]
 */
export function zeros<D extends DType>(shape: readonly number[], dtype: D): Tensor<D> {
  return { dtype, shape: [...shape], data: allocate(dtype, sizeOf(shape)) };
}

/**
 * True for a tensor in a device's memory.
 *
 * @example
 * isDeviceTensor(await backend.toDevice(tensor([1, 2]))); // → true
 * isDeviceTensor(tensor([1, 2])); // → false
 */
export function isDeviceTensor(value: unknown): value is DeviceTensor {
  if (typeof value !== 'object' || value === null || !('device' in value && 'dtype' in value && 'shape' in value)) return false;
  const { device } = value as { readonly device: Partial<DeviceTensor['device']> | null | undefined };
  return typeof device === 'object' && device !== null && typeof device.read === 'function' && typeof device.free === 'function';
}

/** Refuses what has no dtype and no shape at all. */
export function checkIsTensor(op: string, argument: string, value: unknown): asserts value is { dtype: unknown; shape: unknown } {
  if (typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value) return;
  throw refuse('tensor/not-a-tensor', `${argument} must be a tensor (made by tensor(data, shape, dtype)), got ${describe(value)}`, {
    op,
    argument,
    values: { [argument]: value },
  });
}

/** Refuses what is no dtype's name. */
export function checkDType(op: string, argument: string, dtype: unknown): asserts dtype is DType {
  if (isDType(dtype)) return;
  throw refuse('tensor/dtype', `${argument} must be one of ${DTYPE_NAMES.join(', ')}, got ${describe(dtype)}`, {
    op,
    argument,
    values: { dtype },
  });
}

/** NumPy's limit. Loops over the dimensions may be recursive, and code that is made for a problem may name each. */
export const MAX_RANK = 64;

/** Refuses what is no list of sizes, or more elements than can be counted. */
export function checkShape(op: string, argument: string, shape: unknown): asserts shape is readonly number[] {
  if (isShape(shape)) return;
  throw refuse(
    'tensor/shape',
    `the shape of ${argument} must be a list of at most ${MAX_RANK} non-negative integers, got ${describe(shape)}`,
    {
      op,
      argument,
      values: { shape },
    },
  );
}

/** Reads each size once, holes too, and allocates nothing. */
function isShape(shape: unknown): boolean {
  if (!Array.isArray(shape) || shape.length > MAX_RANK) return false;
  let product = 1;
  for (let axis = 0; axis < shape.length; axis++) {
    const size: unknown = shape[axis];
    if (!Number.isSafeInteger(size) || (size as number) < 0) return false;
    product *= size as number;
  }
  return Number.isSafeInteger(product);
}

/** Refuses data of another class or length than dtype and shape ask for; `name` is what a refusal calls it. Allocates nothing else. */
export function checkData(
  op: string,
  argument: string,
  dtype: DType,
  shape: readonly number[],
  data: unknown,
  name?: string,
): asserts data is ArrayBufferView {
  const { array, components } = DTYPES[dtype];
  if (!ArrayBuffer.isView(data) || classOf(data) !== array.name) {
    throw refuse('tensor/data-class', `${name ?? `${argument}.data`} of dtype ${dtype} must be a ${array.name}, got ${describe(data)}`, {
      op,
      argument,
      values: { dtype, expected: array.name },
    });
  }
  const expected = sizeOf(shape) * components;
  checkAttached(op, argument, data);
  const got = lengthOf(data);
  if (got === expected) return;
  const elements = `${expected} elements${components === 2 ? ' (re and im of each element)' : ''}`;
  throw refuse('tensor/length', `${name ?? `${argument}.data`} must have ${elements} for shape [${shape.join(', ')}], got ${got}`, {
    op,
    argument,
    values: { shape, expected, got },
  });
}

/** Refuses data whose memory is elsewhere by now. */
export function checkAttached(op: string, argument: string, data: ArrayBufferView): void {
  if (!isDetached(data)) return;
  throw refuse('tensor/detached', `${argument}.data is detached: its buffer was transferred away`, { op, argument });
}
