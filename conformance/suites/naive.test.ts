/** The suite on the naive backend. */
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';

defineConformance({ name: 'naive', createBackend });
