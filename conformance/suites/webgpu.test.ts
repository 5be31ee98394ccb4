/** The suite on the webgpu backend, in Node. */
import { defineConformance } from '@laxconv/conformance';
import { createBackend } from '@laxconv/webgpu';

defineConformance({ name: 'webgpu', createBackend });
