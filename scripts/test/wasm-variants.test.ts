/**
 * The suite on every variant of the wasm backend: what a kernel does must depend neither on the build nor on how its units are shared out,
 * and an algorithm must be right wherever it can run, not only where it is chosen. `npm run test:full` runs all of it, `npm test` the
 * random convolutions on the builds. It stands here, and not in conformance/suites, because the variants are the package's own fixture.
 */
import process from 'node:process';
import { defineConformance } from '@laxconv/conformance';
import { BUILDS, PREFERENCES } from '../../packages/wasm/src/variants.test.fixture.ts';

const isFull = process.env['LAXCONV_FULL'] === '1';
for (const variant of BUILDS) defineConformance({ ...variant, ...(isFull ? {} : { filter: 'differential:*' }) });
if (isFull) for (const variant of PREFERENCES) defineConformance(variant);
