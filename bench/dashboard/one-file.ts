/**
 * A vite plugin that puts the built script and style sheet into the page, and a content policy above them: the browser runs this one
 * script, by its hash, and nothing that data could bring.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** WASM is compiled from bytes in the script; its threads start from blobs; `connect-src 'self'`: goldens beside the page, loaded on request. */
const policy = (script: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}' 'wasm-unsafe-eval' blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** Ends no script element and opens no comment, whatever strings are in it. */
function inlineScript(code: string): string {
  return code.replaceAll(/<\/(script)/gi, String.raw`<\/$1`).replaceAll('<!--', String.raw`<\!--`);
}

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
          if (part.type === 'chunk' && part.isEntry) script = inlineScript(part.code);
          else if (name.endsWith('.css') && part.type === 'asset') style = String(part.source);
          else throw new Error(`the page is one file, and the build made ${name} beside it`);
          delete bundle[name];
        }
        const text = String(page.source)
          .replace(/\s*<script type="module"[^>]*><\/script>/, '')
          .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
          .replace(
            '<meta charset="utf-8" />',
            (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy(script)}" />`,
          )
          .replace('</head>', () => `<style>${style}</style>\n  </head>`)
          // After the data, which it reads.
          .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`);
        page.source = text;
      },
    },
  };
}
