/**
 * A vite plugin for pages of one file: the wasm backend's two modules, which the script has as text, go in as gzip, at a third of their
 * size. They are unpacked when the backend is loaded.
 */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const BYTES = /export const BYTES: string = '([A-Za-z0-9+/=]+)';/u;

const UNPACK = `async function unpack(base64) {
  const gzip = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}`;

/** Packs the generated modules; a build in which one has another form fails. */
export function smallModules(): Plugin {
  return {
    name: 'laxconv-small-modules',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /wasm\/src\/generated\/(simd128|relaxed-simd)\.ts$/ },
      handler(code) {
        const [whole, base64] = BYTES.exec(code) ?? [];
        if (whole === undefined || base64 === undefined) throw new Error('a generated module of the wasm backend has no BYTES');
        const packed = gzipSync(base64, { level: 9 }).toString('base64');
        return { code: `${UNPACK}\n${code.replace(whole, () => `export const BYTES: string = await unpack('${packed}');`)}`, map: null };
      },
    },
  };
}
