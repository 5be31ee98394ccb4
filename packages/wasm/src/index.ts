/** `@laxconv/wasm`: convolutions on the CPU in WebAssembly with SIMD. Any rank, every dtype. */
export { compileModule, moduleBytes, type ModuleOptions } from './module/compile-module.ts';
export { createBackend, type WasmBackendOptions } from './wasm-backend.ts';
