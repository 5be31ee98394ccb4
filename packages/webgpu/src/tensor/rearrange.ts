/** `rearrange` on the device: a strided reading of a tensor, cast and conjugated, as a new tensor. */
import { refuse, type DeviceTensor, type View } from '@laxconv/api/backend';
import { scoped } from '../device/error-scopes.ts';
import { whyAbsent } from '../lower/arithmetic.ts';
import { whyTooLarge } from '../lower/limits.ts';
import { copyDispatch } from '../program/copy.ts';
import { compileProgram } from '../program/program.ts';
import { Recorder } from '../program/recorder.ts';
import { Slot, Slots } from '../program/slots.ts';
import { storedBytes } from '../program/write-program.ts';
import { GpuMemory, memoryOf, type MemoryOwner } from './gpu-memory.ts';

const REARRANGE = 'backend webgpu: rearrange';

/**
 * The elements of `view`, on the device.
 * @throws LaxconvNotImplementedError (`backend/unsupported`) for a dtype that WGSL does not have, or what is too large
 */
export function rearrangeOnDevice(owner: MemoryOwner, tensor: DeviceTensor, view: View): Promise<DeviceTensor> {
  const { gpu } = owner;
  return owner.during(REARRANGE, async () => {
    gpu.loss.check(REARRANGE);
    const memory = memoryOf(REARRANGE, 'tensor', tensor, owner);
    const target = { shape: [...view.shape], dtype: view.dtype };
    const reason =
      whyAbsent(tensor.dtype) ??
      whyAbsent(view.dtype) ??
      whyTooLarge('tensor', tensor, 1, gpu.facts) ??
      whyTooLarge('the view', target, 1, gpu.facts);
    if (reason !== undefined) throw refuse('backend/unsupported', reason, { op: REARRANGE, argument: 'tensor' });
    if (memory === undefined) throw refuse('tensor/foreign', 'the tensor lies in host memory', { op: REARRANGE, argument: 'tensor' });

    const slots = new Slots();
    const dispatch = copyDispatch(tensor.dtype, view, {
      source: new Slot('lhs', 0, storedBytes(tensor)),
      target: new Slot('out', 0, storedBytes(target)),
      constant: slots.constant,
    });
    const program = await compileProgram(gpu, REARRANGE, slots, [dispatch]);
    const { constants } = program;
    try {
      const steps = await program.steps.get();
      const [out] = await gpu.take(REARRANGE, [storedBytes(target)]);
      try {
        const source = memory.bufferFor(REARRANGE, 'tensor');
        const { error } = scoped(gpu.device, REARRANGE, 'rearranging a tensor', () => {
          const encoder = gpu.device.createCommandEncoder();
          const filling = { lhs: [source], out: [out], constant: constants, rhs: [], scratch: [], packed: [] };
          new Recorder(gpu.device, steps).record(encoder, filling);
          gpu.device.queue.submit([encoder.finish()]);
        });
        const failure = Promise.all([memory.failure, error]).then(([inherited, own]) => inherited ?? own);
        return new GpuMemory(owner, target, out, failure).tensor;
      } catch (error) {
        gpu.pool.give(out);
        throw error;
      }
    } finally {
      for (const buffer of constants) gpu.pool.give(buffer);
    }
  });
}
