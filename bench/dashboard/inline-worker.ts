/**
 * A vite plugin for pages of one file: the worker of the wasm backend's threads comes from a blob made of text in the script, since there
 * is no second file that it could come from.
 */
import type { Plugin } from 'vite';

const STARTS = "new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'laxconv' })";

/** Replaces the one expression that starts the worker; a build in which it is not found fails. */
export function inlineWorker(): Plugin {
  return {
    name: 'laxconv-inline-worker',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /wasm\/src\/threads\/start-worker\.ts$/ },
      handler(code) {
        if (!code.includes(STARTS)) throw new Error('start-worker.ts does not start its worker by the expression that is looked for');
        return {
          code: `import InlineWorker from './worker.ts?worker&inline';\n${code.replace(STARTS, "new InlineWorker({ name: 'laxconv' })")}`,
          map: null,
        };
      },
    },
  };
}
