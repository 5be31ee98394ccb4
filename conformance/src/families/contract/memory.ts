/** Operands in every kind of memory that a caller may hand over, with guards around them that show a stray write. */
import { DTYPES, type AnyTensor, type DataOf, type DType, type Tensor } from '@laxconv/api/backend';
import { ConformanceFailure } from '../../suite/test.ts';
import { bytesOf } from '../bytes.ts';

/** Where a guarded tensor lies. */
export type Memory = 'plain' | 'shared' | 'resizable';

/** A tensor inside a larger buffer. */
export interface Guarded<T extends AnyTensor = AnyTensor> {
  readonly tensor: T;
  /** Throws if a byte of the buffer, tensor included, changed since `guard`. */
  expectUnchanged(what: string): void;
  /** Throws if a byte outside of the tensor changed. */
  expectSurroundingsUnchanged(what: string): void;
}

const FILLER = 0xa5;

/** A copy of `source` that starts `offset` elements into its buffer. */
export function guard(source: AnyTensor, offset: number, memory?: 'plain'): Guarded<Tensor>;
export function guard(source: AnyTensor, offset: number, memory: Memory): Guarded;
export function guard(source: AnyTensor, offset: number, memory: Memory = 'plain'): Guarded {
  const itemsize = source.data.BYTES_PER_ELEMENT;
  const start = offset * itemsize;
  const end = start + source.data.byteLength;
  const buffer = allocateBuffer(memory, end + 2 * itemsize + 1);
  const bytes = new Uint8Array(buffer).fill(FILLER);
  bytes.set(bytesOf(source), start);
  const before = bytes.slice();
  const expect = (what: string, isWatched: (index: number) => boolean): void => {
    const index = bytes.findIndex((byte, at) => isWatched(at) && byte !== before[at]);
    if (index < 0) return;
    const where =
      index < start ? `${start - index} bytes before it` : index >= end ? `${index - end} bytes behind it` : `byte ${index - start}`;
    throw new ConformanceFailure(`${what} was written to (${where})`);
  };
  return {
    tensor: { dtype: source.dtype, shape: source.shape, data: viewOf(source.dtype, buffer, start, source.data.length) },
    expectUnchanged: (what) => expect(what, () => true),
    expectSurroundingsUnchanged: (what) => expect(`memory around ${what}`, (index) => index < start || index >= end),
  };
}

function allocateBuffer(memory: Memory, length: number): ArrayBufferLike {
  if (memory === 'shared') return sharedBuffer(length);
  return memory === 'resizable' ? new ArrayBuffer(length, { maxByteLength: 2 * length }) : new ArrayBuffer(length);
}

const PAGE = 2 ** 16;

/** What is needed of WebAssembly, whose types only browsers' have. */
interface WithSharedMemory {
  readonly WebAssembly: {
    readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: true }) => {
      readonly buffer: ArrayBufferLike;
    };
  };
}

/**
 * Pages that are not isolated have no name for the class of shared buffers, but WebAssembly gives them some all the same, and such a
 * page's user may hand one over.
 */
function sharedBuffer(length: number): ArrayBufferLike {
  if (typeof SharedArrayBuffer === 'function') return new SharedArrayBuffer(length);
  const pages = Math.ceil(length / PAGE);
  const { WebAssembly } = globalThis as unknown as WithSharedMemory;
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
}

/** A typed array of the dtype's class over part of a buffer. */
export function viewOf<D extends DType>(dtype: D, buffer: ArrayBufferLike, byteOffset: number, length: number): DataOf<ArrayBufferLike>[D] {
  return new DTYPES[dtype].array(buffer, byteOffset, length) as DataOf<ArrayBufferLike>[D];
}
