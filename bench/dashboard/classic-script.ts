/**
 * A vite plugin for a page whose script is no module, so that a worker can be made of it where the page was opened from a file: such a
 * script has no `await` at its top and no URL. The conformance kit awaits vitest there, which no page has.
 */
import type { Plugin } from 'vite';

const AWAITS = "isVitest() ? await import('vitest') : undefined";

/** Takes the one `await` away; a build in which it is not found fails. */
export function classicScript(): Plugin {
  return {
    name: 'laxconv-classic-script',
    enforce: 'pre',
    apply: 'build',
    config: () => ({
      define: { 'import.meta.url': 'self.location.href', 'import.meta.resolve': 'undefined' },
      build: { rolldownOptions: { output: { format: 'iife' } } },
    }),
    transform: {
      filter: { id: /conformance\/src\/vitest\/define-conformance\.ts$/ },
      handler(code) {
        if (!code.includes(AWAITS)) throw new Error('define-conformance.ts does not await vitest by the expression that is looked for');
        return { code: code.replace(AWAITS, 'undefined as typeof import("vitest") | undefined'), map: null };
      },
    },
  };
}
