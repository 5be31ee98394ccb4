/** A vite plugin that gives the page one backend more: the one that hangs. */
import type { Plugin } from 'vite';

const TABLE = "  naive: { load: () => import('@laxconv/naive') },";

/** Adds the row; a build in which the table is not found fails. */
export function withHangingBackend(): Plugin {
  return {
    name: 'laxconv-hanging-backend',
    enforce: 'pre',
    transform: {
      filter: { id: /bench\/src\/runner\/our-backends\.ts$/ },
      handler(code) {
        if (!code.includes(TABLE)) throw new Error('our-backends.ts has no such row');
        const row = `  hanging: { load: () => import('../../dashboard/e2e/hanging-backend.ts') },`;
        return { code: code.replace(TABLE, `${TABLE}\n${row}`), map: null };
      },
    },
  };
}
