/** What an example in the reference may name: every export of the packages, and an instance on the naive backend. */
import { laxconvOn } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';
import { withDevice } from './memory-device.ts';

export * from 'laxconv';
export * from '@laxconv/api';
export * from '@laxconv/api/backend';
export { createBackend };

export const { lax, numpy, scipy, backend } = laxconvOn(withDevice(await createBackend()));
