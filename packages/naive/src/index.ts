/** `@laxconv/naive`: the specification as code. Any rank, every dtype, plain loops, no platform needed. */
export { createBackend } from './naive-backend.ts';
