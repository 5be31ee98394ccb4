/** `@laxconv/wasm`: convolutions on the CPU in WebAssembly with SIMD. Any rank, every dtype. */
export { createBackend, type WasmBackendOptions } from './wasm-backend.ts';
