/** Reading from the shared GPU, for libraries that hand out buffers and no way to read them. */
import { politely } from './politely.ts';
import type { GpuBuffer, GpuDevice } from './shared-gpu.ts';

/** GPUBufferUsage.MAP_READ | COPY_DST, and GPUMapMode.READ. */
const STAGING = 0x01 | 0x08;
const READ = 0x01;

/** The first `count` float32 numbers of a buffer that can be copied from, once all that was submitted is done. */
export async function readBuffer(device: GpuDevice, buffer: GpuBuffer, count: number): Promise<Float32Array> {
  const size = 4 * count;
  const staging = device.createBuffer({ size, usage: STAGING });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  try {
    await politely(staging.mapAsync(READ));
    return new Float32Array(staging.getMappedRange().slice(0));
  } finally {
    staging.destroy();
  }
}
