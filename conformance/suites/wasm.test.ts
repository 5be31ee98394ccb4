/** The suite on the wasm backend. */
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '@laxconv/wasm';

defineConformance({ name: 'wasm', createBackend });
