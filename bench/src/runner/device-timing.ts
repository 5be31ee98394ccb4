/**
 * A contender whose backend has memory of its own: operands are brought there beforehand, results stay there, and a sample ends when they
 * are computed. The same rule as for peers on a GPU.
 */
import { disposeTensor, toHost } from '@laxconv/api';
import { isDeviceTensor, zeros, type Backend, type DeviceTensor, type Tensor } from '@laxconv/api/backend';
import { politely } from '../gpu/politely.ts';
import type { Contender } from './contender.ts';
import { timedUntilDone } from './timed.ts';

/** What a contender has of its device. */
export interface DeviceTiming extends Pick<Contender, 'sample' | 'result'> {
  readonly onDevice: true;
  /** Gives the operands' memory back. */
  free(): void;
}

/** True for a backend with memory of its own. */
export function hasDevice(backend: Backend): backend is Backend & Required<Pick<Backend, 'toDevice'>> {
  return backend.toDevice !== undefined;
}

const waits = new WeakMap<Backend, () => Promise<unknown>>();

/** Says how to wait until all that was submitted on this backend is done. Where nobody has said, a number is read back behind it. */
export function waitWith(backend: Backend, done: () => Promise<unknown>): void {
  waits.set(backend, done);
}

/** Times `run` on operands in the backend's memory. */
export async function deviceTiming(
  backend: Backend & Required<Pick<Backend, 'toDevice'>>,
  operands: readonly Tensor[],
  run: (operands: readonly DeviceTensor[]) => Promise<unknown>,
): Promise<DeviceTiming> {
  const there = await Promise.all(operands.map((operand) => backend.toDevice(operand)));
  const marker = await backend.toDevice(zeros([1], 'float32'));
  const done = waits.get(backend) ?? (() => politely(toHost(marker)));
  return {
    onDevice: true,
    sample: timedUntilDone(async () => disposeTensor(onDevice(await run(there))), done),
    result: async () => {
      const result = onDevice(await run(there));
      const read = await politely(toHost(result));
      disposeTensor(result);
      return read;
    },
    free: () => {
      for (const tensor of [...there, marker]) disposeTensor(tensor);
    },
  };
}

/** The operands are on the device, so the contract promises a result there. */
function onDevice(result: unknown): DeviceTensor {
  if (!isDeviceTensor(result)) throw new Error('the operands are on a device, and the result is in host memory');
  return result;
}
