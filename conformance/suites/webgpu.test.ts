/** The suite on the webgpu backend, in Node: on whatever adapter there is, a software driver's too. */
import { readFileSync } from 'node:fs';
import { defineConformance, parseExpectations } from '@laxconv/conformance';
import { createBackend } from '@laxconv/webgpu';

const file = new URL('../expectations/webgpu.jsonc', import.meta.url);
defineConformance({ name: 'webgpu', createBackend, expectations: parseExpectations(readFileSync(file, 'utf8'), file.pathname) });
