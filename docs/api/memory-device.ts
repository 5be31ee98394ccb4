/** The naive backend with "device" memory, so that the reference's examples of device tensors run: an array that only the device reads. */
import type { AnyTensor, Backend, BoundConv, ConvPlan, DeviceTensor, OperandTensor, Tensor } from '@laxconv/api/backend';
import { isDeviceTensor, rearrange } from '@laxconv/api/backend';

/** `backend`, computing on host tensors, with device tensors that it copies in and out. */
export function withDevice(backend: Backend): Backend {
  const memory = new WeakMap<DeviceTensor, Tensor>();

  const read = (tensor: OperandTensor): AnyTensor => {
    if (!isDeviceTensor(tensor)) return tensor;
    const held = memory.get(tensor);
    if (held === undefined) throw new Error('the tensor is freed, or of another device');
    return held;
  };
  const hold = (tensor: Tensor): DeviceTensor => {
    const handle: DeviceTensor = {
      dtype: tensor.dtype,
      shape: tensor.shape,
      device: {
        owner: device,
        read: async () => structuredClone(read(handle)) as Tensor,
        free: () => void memory.delete(handle),
      },
    };
    memory.set(handle, tensor);
    return handle;
  };
  const boundOnDevice = (bound: BoundConv): BoundConv => ({
    ...bound,
    async run(lhs, options) {
      const result = (await bound.run(read(lhs), options)) as Tensor;
      return isDeviceTensor(lhs) ? hold(result) : result;
    },
  });
  const planOnDevice = (plan: ConvPlan): ConvPlan => ({
    kernel: plan.kernel,
    errorBound: plan.errorBound,
    bindRhs: async (rhs) => boundOnDevice(await plan.bindRhs(read(rhs))),
    dispose: () => plan.dispose(),
  });

  const device: Backend = {
    name: backend.name,
    info: backend.info,
    prepare: async (problem) => planOnDevice(await backend.prepare(problem)),
    toDevice: async (tensor) => hold(structuredClone(tensor) as Tensor),
    rearrange: async (tensor, view) => hold(rearrange(read(tensor), view)),
    dispose: () => backend.dispose(),
  };
  return device;
}
