/**
 * The remote cache server as a child process on the loopback address.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import process from 'node:process';
import { SetupError } from '../setup/say.mjs';

const START_TIMEOUT_MS = 20_000;

export interface CacheServer {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts it on a free port; resolves when it listens. */
export async function startServer(program: string, storage: string, token: string): Promise<CacheServer> {
  const port = await freePort();
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    TURBO_TOKEN: token,
    STORAGE_PROVIDER: 'local',
    STORAGE_PATH: storage,
    STORAGE_PATH_USE_TMP_FOLDER: 'false',
  };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    const fail = (why: string): void => reject(new SetupError(`the cache server did not start (${why}): ${log}`));
    const timer = setTimeout(() => fail('no answer'), START_TIMEOUT_MS);
    child.on('exit', (code) => fail(`exit code ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (!log.includes('Server listening')) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
