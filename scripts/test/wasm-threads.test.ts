/**
 * The suite on the wasm backend with two threads that share every step, worth it or not: what a kernel does must not depend on how its
 * units are shared out. `npm run test:full` runs all of it, `npm test` the random
 * convolutions. It stands here, and not in conformance/suites, because the backend that shares every step is the package's own fixture.
 */
import process from 'node:process';
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '../../packages/wasm/src/threads/shared-backend.test.fixture.ts';

const isFull = process.env['LAXCONV_FULL'] === '1';
defineConformance({ name: 'wasm, 2 threads', createBackend, ...(isFull ? {} : { filter: 'differential:*' }) });
