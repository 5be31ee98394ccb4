/**
 * What a package ships: one file per entry, and one for what is loaded later, without comments, and no npm dependency inside. A hundred
 * small modules take Node 20 ms to load, and a page a hundred requests. Names stay, so that a stack trace can be read; declarations
 * are tsc's.
 */
import type { RolldownOptions } from 'rolldown';

/** The build of a package; `entries`: its files in dist/, and the modules that they are made of. */
export function library(entries: Readonly<Record<string, string>>): RolldownOptions {
  return {
    input: { ...entries },
    // Each package stays by itself: two backends share one @laxconv/api.
    external: /^@laxconv\//,
    platform: 'neutral',
    output: {
      dir: 'dist',
      chunkFileNames: '[name].js',
      sourcemap: true,
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  };
}
