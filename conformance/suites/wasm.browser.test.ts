/** The suite on the wasm backend, in Chromium. */
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '@laxconv/wasm';

defineConformance({ name: 'wasm', createBackend });
