/** The suite on the webgpu backend, in Chromium: on SwiftShader where there is no card. */
import { defineConformance, parseExpectations } from '@laxconv/conformance';
import { createBackend } from '@laxconv/webgpu';
import { inject } from 'vitest';

const file = new URL('../expectations/webgpu.jsonc', import.meta.url);
const text = await (await fetch(file)).text();
// A page waits for each result by way of another process; Node's suite has all the random runs.
const runs = inject('LAXCONV_RUNS' as never) === undefined ? 10 : undefined;
defineConformance({ name: 'webgpu', createBackend, expectations: parseExpectations(text, file.pathname), runs });
