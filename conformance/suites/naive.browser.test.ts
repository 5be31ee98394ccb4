/** The suite on the naive backend, in Chromium. */
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';

defineConformance({ name: 'naive', createBackend });
