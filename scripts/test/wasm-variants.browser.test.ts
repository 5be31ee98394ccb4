/** The suite on the other builds and on threads of the wasm backend in Chromium: only `npm run test:full` runs it. */
import { defineConformance } from '@laxconv/conformance';
import { BUILDS } from '../../packages/wasm/src/variants.test.fixture.ts';

for (const variant of BUILDS) defineConformance(variant);
