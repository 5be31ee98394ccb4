/** Between tensors and the caller's own GPUBuffers, so that passes of the caller's stand between convolutions without a copy. */
import { readSpec, refuse, type DeviceTensor, type TensorSpec } from '@laxconv/api/backend';
import { USAGE } from '../device/usage.ts';
import { storedBytes } from '../program/write-program.ts';
import { GpuMemory, memoryOf, type MemoryOwner } from './gpu-memory.ts';

const FROM = 'backend webgpu: fromGPUBuffer';
const OF = 'backend webgpu: gpuBufferOf';

/**
 * The tensor whose memory is `buffer`.
 * @throws LaxconvValueError (`tensor/buffer`) on a buffer that is too small or for other uses
 */
export function tensorOn(owner: MemoryOwner, buffer: GPUBuffer, spec: TensorSpec): DeviceTensor {
  owner.check(FROM);
  const { shape, dtype } = readSpec(FROM, 'tensor', spec);
  if (typeof (buffer as Partial<GPUBuffer> | null)?.mapAsync !== 'function') {
    throw refuse('tensor/buffer', `buffer must be a GPUBuffer, got ${(buffer as unknown) === null ? 'null' : typeof buffer}`, {
      op: FROM,
      argument: 'buffer',
    });
  }
  const bytes = Math.ceil(storedBytes({ shape, dtype }) / 4) * 4;
  const isTooSmall = buffer.size < bytes;
  if (isTooSmall || (buffer.usage & USAGE.STORAGE) === 0 || (buffer.usage & USAGE.COPY_SRC) === 0) {
    const problem = isTooSmall
      ? `${bytes} bytes for ${dtype} of shape [${shape.join(', ')}], got ${buffer.size}`
      : `the usages STORAGE and COPY_SRC, got ${buffer.usage}`;
    throw refuse('tensor/buffer', `buffer must have ${problem}`, {
      op: FROM,
      argument: 'buffer',
      values: { shape, dtype, bytes, size: buffer.size, usage: buffer.usage },
    });
  }
  return new GpuMemory(owner, { shape, dtype }, buffer).tensor;
}

/**
 * The buffer of `tensor`.
 * @throws LaxconvValueError (`tensor/foreign`) on a tensor that is not of this backend
 */
export function bufferOf(owner: MemoryOwner, tensor: DeviceTensor): GPUBuffer {
  owner.check(OF);
  readSpec(OF, 'tensor', tensor);
  const memory = memoryOf(OF, 'tensor', tensor, owner);
  if (memory !== undefined) return memory.bufferFor(OF, 'tensor').buffer;
  throw refuse('tensor/foreign', 'tensor lies in host memory; bring it to the device by toDevice', { op: OF, argument: 'tensor' });
}
