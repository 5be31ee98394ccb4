/** `@laxconv/webgpu`: so far the choice of kernels and the kernels as WGSL; the backend that runs them comes with the device layer. */
export { choose } from './plan/choose.ts';
