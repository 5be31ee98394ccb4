/** Where a call runs: in host memory, on the first backend that takes each problem; or on the device that holds an operand. */
import { refuse } from '../errors.ts';
import type { Backend, OperandTensor } from '../problem/backend.ts';
import { checkData, isDeviceTensor, type AnyTensor } from '../tensor/tensor.ts';
import { rearrange, type View } from '../tensor/view.ts';
import { ask } from './checked-plan.ts';
import type { PlanCache } from './plan-cache.ts';

/** The memory that a call runs in, and the backends that may run it there. */
export interface Place {
  /** The backends to try, in order. */
  readonly caches: readonly PlanCache[];
  /** Refuses the operand `index` of the call when its memory went away, or its length changed, since the call began. */
  check(operand: OperandTensor, index: number): void;
  /** The tensor, or a view of it, in this place's memory: a new one, or itself where it is there as it should be. */
  bring(tensor: OperandTensor, view?: View): OperandTensor | Promise<OperandTensor>;
}

/** The place for these operands. Device operands never fall back to another backend. */
export function placeOf(op: string, caches: readonly PlanCache[], names: readonly string[], operands: readonly OperandTensor[]): Place {
  const onDevice = operands.find(isDeviceTensor);
  const check = (operand: OperandTensor, index: number): void => {
    if (!isDeviceTensor(operand)) checkData(op, names[index], operand.dtype, operand.shape, operand.data);
  };
  if (onDevice === undefined) return hostPlace(caches, check);
  const cache = caches.find(({ backend }) => backend === onDevice.device.owner);
  const foreign = operands.findIndex((operand) => isDeviceTensor(operand) && operand.device.owner !== cache?.backend);
  if (cache === undefined || foreign >= 0) {
    const argument = names[Math.max(0, foreign)];
    throw refuse('tensor/foreign', `${argument} is on a device that this instance does not use; bring it to the host with toHost first`, {
      op,
      argument,
      values: { backends: caches.map(({ backend }) => backend.name) },
    });
  }
  return devicePlace(op, cache, check);
}

function hostPlace(caches: readonly PlanCache[], check: Place['check']): Place {
  return { caches, check, bring: (tensor, view) => (view === undefined ? tensor : rearrange(tensor as AnyTensor, view)) };
}

function devicePlace(op: string, cache: PlanCache, check: Place['check']): Place {
  const { backend } = cache;
  const { toDevice, rearrange: rearrangeOnDevice } = deviceMethods(op, backend);
  return {
    caches: [cache],
    check,
    bring(tensor, view) {
      if (!isDeviceTensor(tensor)) return toDevice(view === undefined ? tensor : rearrange(tensor, view));
      return view === undefined ? tensor : rearrangeOnDevice(tensor, view);
    },
  };
}

/** The methods that a backend with device tensors must have. */
export function deviceMethods(op: string, backend: Backend): Required<Pick<Backend, 'toDevice' | 'rearrange'>> {
  const { toDevice, rearrange: rearrangeOnDevice } = backend;
  if (toDevice === undefined || rearrangeOnDevice === undefined) {
    throw refuse('backend/no-device', `backend ${backend.name} has no device memory`, {
      op,
      argument: 'backend',
      values: { backend: backend.name },
    });
  }
  return {
    toDevice: (tensor) => ask(backend.name, 'toDevice', () => toDevice.call(backend, tensor)),
    rearrange: (tensor, view) => ask(backend.name, 'rearrange', () => rearrangeOnDevice.call(backend, tensor, view)),
  };
}
