/** The kernels. Each export has one form: (parameters, workspace, scratch, from, to), see src/program/step.ts. */
export * from './copy';
export * from './convert';
export * from './complex-planes';
export * from './sum';
export { f32_igemm } from './generated/f32-igemm';
export { f64_igemm } from './generated/f64-igemm';
export { i32_igemm } from './generated/i32-igemm';
export { i64_igemm } from './generated/i64-igemm';
export { i16_igemm } from './generated/i16-igemm';
export * from './generated/winograd';
