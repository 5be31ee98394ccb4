/** For the tests: backends and devices of whatever adapter there is, gone when a test ends. */
import { create, globals } from 'webgpu';
import { afterEach } from 'vitest';
import { createBackend, type WebgpuBackend, type WebgpuBackendOptions } from './index.ts';

const backends: WebgpuBackend[] = [];
const devices: GPUDevice[] = [];
/** Node's WebGPU. Dawn crashes where its instance is collected before its devices. */
export const dawn = create([]);

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
  for (const device of devices.splice(0)) device.destroy();
});

/** A backend that the test need not dispose of. */
export async function started(options: WebgpuBackendOptions = {}): Promise<WebgpuBackend> {
  const backend = await createBackend(options);
  backends.push(backend);
  return backend;
}

/** A device of the test's own. */
export async function ownDevice(): Promise<GPUDevice> {
  const adapter = await dawn.requestAdapter();
  if (adapter === null) throw new Error('there is no adapter: set LAXCONV_WITHOUT=webgpu to go without on purpose');
  const device = await adapter.requestDevice();
  devices.push(device);
  return device;
}

/** The constants of WebGPU, which are globals in browsers. */
export const { GPUBufferUsage } = globals as { readonly GPUBufferUsage: typeof globalThis.GPUBufferUsage };
