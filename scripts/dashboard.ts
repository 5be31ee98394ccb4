/**
 * `pnpm dashboard`: serves the report on the loopback address, with the headers that threads need in a page. `--port N`, 4173 unless given.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWith, say, SetupError } from './setup/say.mjs';
import { REPORT } from './steps.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

/** The file of the report that a URL names; undefined for everything else. */
function fileOf(url: string): string | undefined {
  let path: string;
  try {
    path = normalize(join(REPORT, decodeURIComponent(new URL(url, 'http://localhost').pathname)));
  } catch (error) {
    // Not a URL, or one with a broken escape.
    if (error instanceof URIError || error instanceof TypeError) return undefined;
    throw error;
  }
  const file = path.endsWith(sep) ? join(path, 'index.html') : path;
  return file.startsWith(REPORT + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function serve(port: number): void {
  const server = createServer((request, response) => {
    const file = fileOf(request.url ?? '/');
    const headers = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': 'no-store',
    };
    if (file === undefined) {
      response.writeHead(404, headers).end('not in the report');
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  server.on('error', (error) => {
    exitWith(new SetupError(`port ${port} could not be served (${error.message}); \`--port N\` takes another one.`));
  });
  server.listen(port, '127.0.0.1', () => {
    say(`serving the report at http://127.0.0.1:${port}/ until Ctrl-C`);
  });
}

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
  if (!existsSync(join(REPORT, 'index.html'))) throw new SetupError('there is no report yet; `npm start` writes it.');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SetupError(`--port takes a number up to 65535, got ${values.port}.`);
  serve(port);
} catch (error) {
  exitWith(error);
}
