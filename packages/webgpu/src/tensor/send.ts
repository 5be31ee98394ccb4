/** From host memory to the device. */
import { hostOperand, readSpec, type AnyTensor, type DeviceTensor } from '@laxconv/api/backend';
import { upload } from '../device/upload.ts';
import { storedBytes } from '../program/write-program.ts';
import { GpuMemory, type MemoryOwner } from './gpu-memory.ts';

const TO_DEVICE = 'backend webgpu: toDevice';

/** A copy of `tensor` on the device. */
export function sendToDevice(owner: MemoryOwner, tensor: AnyTensor): Promise<DeviceTensor> {
  const { gpu } = owner;
  return owner.during(TO_DEVICE, async () => {
    gpu.loss.check(TO_DEVICE);
    const spec = readSpec(TO_DEVICE, 'tensor', tensor);
    const [buffer] = await gpu.take(TO_DEVICE, [storedBytes(spec)]);
    try {
      // Its data may have gone away since.
      upload(gpu.device.queue, buffer.buffer, hostOperand(TO_DEVICE, 'tensor', tensor, spec).data);
    } catch (error) {
      gpu.pool.give(buffer);
      throw error;
    }
    return new GpuMemory(owner, spec, buffer).tensor;
  });
}
