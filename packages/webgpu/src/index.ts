/** `@laxconv/webgpu`: convolutions on the GPU. Any rank; every dtype but those of 64-bit numbers. */
export { createBackend, type WebgpuBackend, type WebgpuBackendInfo, type WebgpuBackendOptions } from './webgpu-backend.ts';
