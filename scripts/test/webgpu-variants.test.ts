/**
 * The suite on every variant of the webgpu backend: kernels must be right on poorer devices too, and wherever they can run, not only where
 * they are chosen. `npm run test:full` runs all of it, `npm test` the random convolutions on the devices. It stands here, and not in
 * conformance/suites, because the variants are the package's own fixture.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { defineConformance, parseExpectations } from '@laxconv/conformance';
import { ADAPTERS, PREFERENCES } from '../../packages/webgpu/src/variants.test.fixture.ts';

const file = new URL('../../conformance/expectations/webgpu.jsonc', import.meta.url);
const expectations = parseExpectations(readFileSync(file, 'utf8'), file.pathname);
const isFull = process.env['LAXCONV_FULL'] === '1';
for (const variant of ADAPTERS) {
  defineConformance({ ...variant, expectations, ...(isFull ? {} : { filter: 'differential:*', runs: 10 }) });
}
if (isFull) for (const variant of PREFERENCES) defineConformance({ ...variant, expectations });
