/**
 * A vite plugin that puts the built script and style sheet into the page, and a content policy above them: the browser runs one loader, by
 * its hash, which unpacks the script that is in the page, and nothing that data could bring. Packed, the script weighs half as much.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Unpacks the page's script and runs it. It keeps its address: the live section starts workers from it. */
const LOADER = `
const packed = Uint8Array.from(atob(document.getElementById('packed-script').textContent), (character) => character.charCodeAt(0));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
new Response(unpacked, { headers: { 'Content-Type': 'text/javascript' } }).blob().then((code) => {
  const script = document.createElement('script');
  script.id = 'page-script';
  script.src = URL.createObjectURL(code);
  document.head.append(script);
});
`;

/**
 * The script comes from a blob that the loader makes, WASM's threads from others; WASM is compiled from bytes in the script;
 * `connect-src 'self'`: goldens beside the page, loaded on request.
 */
const POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(LOADER).digest('base64')}' 'wasm-unsafe-eval' blob:`,
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Leaves one file in the bundle: index.html. */
export function oneFile(): Plugin {
  return {
    name: 'laxconv-one-file',
    enforce: 'post',
    apply: 'build',
    generateBundle: {
      // After vite's own, which finish the script.
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build has no index.html');
        let [script, style] = ['', ''];
        for (const [name, part] of Object.entries(bundle)) {
          if (part === page) continue;
          if (part.type === 'chunk' && part.isEntry) script = gzipSync(part.code, { level: 9 }).toString('base64');
          else if (name.endsWith('.css') && part.type === 'asset') style = String(part.source);
          else throw new Error(`the page is one file, and the build made ${name} beside it`);
          delete bundle[name];
        }
        const text = String(page.source)
          .replace(/\s*<script type="module"[^>]*><\/script>/, '')
          .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
          .replace(
            '<meta charset="utf-8" />',
            (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />`,
          )
          .replace('</head>', () => `<style>${style}</style>\n  </head>`)
          // After the data, which it reads.
          .replace(
            '</body>',
            () => `<script type="text/plain" id="packed-script">${script}</script>\n    <script>${LOADER}</script>\n  </body>`,
          );
        page.source = text;
      },
    },
  };
}
