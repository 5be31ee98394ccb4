/** A backend with memory of its own, which every machine has: naive behind handles. It knows what lies there, and what was waited for. */
import { createBackend } from '@laxconv/naive';
import { isDeviceTensor, rearrange, type AnyTensor, type Backend, type DeviceTensor, type OperandTensor } from '@laxconv/api/backend';

export interface DeviceBackend extends Backend {
  /** Handles that were not freed. */
  readonly alive: ReadonlySet<DeviceTensor>;
  /** How often a tensor was read back. */
  reads(): number;
}

/** With `keepsOnHost` it breaks the contract: results of device operands are host tensors. */
export async function deviceBackend({ keepsOnHost = false } = {}): Promise<DeviceBackend> {
  const naive = await createBackend();
  const memory = new Map<DeviceTensor, AnyTensor>();
  const alive = new Set<DeviceTensor>();
  let reads = 0;

  const put = (tensor: AnyTensor): DeviceTensor => {
    const { dtype, shape } = tensor;
    const handle: DeviceTensor = {
      dtype,
      shape,
      device: {
        owner: backend,
        read: () => {
          reads++;
          return Promise.resolve(tensor as Awaited<ReturnType<DeviceTensor['device']['read']>>);
        },
        free: () => void alive.delete(handle),
      },
    };
    memory.set(handle, tensor);
    alive.add(handle);
    return handle;
  };
  const get = (tensor: OperandTensor): AnyTensor => (isDeviceTensor(tensor) ? (memory.get(tensor) as AnyTensor) : tensor);

  const backend: DeviceBackend = {
    name: 'device',
    info: naive.info,
    alive,
    reads: () => reads,
    toDevice: (tensor) => Promise.resolve(put(tensor)),
    rearrange: (tensor, view) => Promise.resolve(put(rearrange(get(tensor), view))),
    async prepare(problem) {
      const plan = await naive.prepare(problem);
      return {
        ...plan,
        dispose: () => plan.dispose(),
        bindRhs: async (rhs) => {
          const bound = await plan.bindRhs(get(rhs));
          return {
            run: async (lhs) => {
              const result = await bound.run(get(lhs));
              return isDeviceTensor(lhs) && !keepsOnHost ? put(result as AnyTensor) : result;
            },
            dispose: () => bound.dispose(),
          };
        },
      };
    },
    dispose: () => naive.dispose(),
  };
  return backend;
}
