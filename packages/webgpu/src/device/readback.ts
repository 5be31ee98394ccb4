/** From the device to host memory, by way of a staging buffer. */
import type { PooledBuffer } from './buffer-pool.ts';
import type { Gpu } from './gpu.ts';
import { MAP_MODE_READ } from './usage.ts';

/** A readback whose copy is part of a submit, and is waited for after it. */
export interface Readback {
  /** Adds the copy to `encoder`. */
  encode(encoder: GPUCommandEncoder, source: GPUBuffer): void;
  /** After the submit: copies the bytes into `target`. `check` is called before, when nothing is waited for any more. */
  into(target: ArrayBufferView, check?: () => void): Promise<void>;
  /** Where nothing was submitted. */
  cancel(): void;
}

/** Gets ready to read `bytes`. */
export async function readback(gpu: Gpu, op: string, bytes: number): Promise<Readback> {
  const size = Math.ceil(bytes / 4) * 4;
  const staging: PooledBuffer = gpu.staging.takeIdle(size) ?? (await gpu.staging.take(op, size));
  return {
    encode: (encoder, source) => encoder.copyBufferToBuffer(source, 0, staging.buffer, 0, size),
    async into(target, check) {
      let isMapped = false;
      try {
        await gpu.loss.guard(op, staging.buffer.mapAsync(MAP_MODE_READ, 0, size));
        isMapped = true;
        check?.();
        new Uint8Array(target.buffer, target.byteOffset, bytes).set(new Uint8Array(staging.buffer.getMappedRange(0, size), 0, bytes));
      } finally {
        if (isMapped) staging.buffer.unmap();
        gpu.staging.give(staging);
      }
    },
    cancel: () => gpu.staging.give(staging),
  };
}
