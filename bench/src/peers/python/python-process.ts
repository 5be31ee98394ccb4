/** A Python process that computes and times on request: `bench/peers/serve.py`, one for each number of threads, and one for the GPU. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { peerFile } from '../load-peer.ts';
import { AnswerReader, encodeRequest, type Answer, type Request } from './messages.ts';

/** Where Python with JAX and SciPy is: LAXCONV_PYTHON, else the environment that `pnpm goldens` makes. Throws an Error where neither is. */
function findPython(): string {
  const named = process.env['LAXCONV_PYTHON'];
  if (named !== undefined && named !== '') return named;
  const own = fileURLToPath(peerFile('../../.venv/bin/python'));
  if (existsSync(own)) return own;
  throw new Error('no Python with JAX and SciPy: give its path as LAXCONV_PYTHON, or let `pnpm goldens` make .venv');
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/** How many cores a process may use, or the GPU and as many cores as it likes. */
export type PythonPlace = number | 'gpu';

const processes = new Map<PythonPlace, PythonProcess>();

/** Requests are answered one after the other, in order. */
export class PythonProcess {
  readonly #child: ChildProcess;
  readonly #waiting: Waiting[] = [];
  readonly #place: PythonPlace;
  #users = 0;
  #lastWords = '';
  #nextId = 1;

  private constructor(place: PythonPlace) {
    this.#place = place;
    const python = findPython();
    const reader = new AnswerReader((answer) => this.#waiting.shift()?.resolve(answer));
    this.#child = spawn(python, [fileURLToPath(peerFile('serve.py')), String(place)], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => reader.push(chunk));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#lastWords = (this.#lastWords + text).slice(-2000)));
    // A process that is gone is noticed by its exit.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.on('error', (error) => this.#fail(`${python} does not start: ${error.message}`));
    this.#child.on('close', (code) => this.#fail(`Python ended with exit code ${code}: ${this.#lastWords.trim()}`));
  }

  /** The process of this place; whoever asks releases it. */
  static use(place: PythonPlace): PythonProcess {
    let found = processes.get(place);
    if (found === undefined) {
      found = new PythonProcess(place);
      processes.set(place, found);
    }
    found.#users++;
    return found;
  }

  /** The last user's release ends the process. */
  release(): void {
    if (--this.#users > 0) return;
    if (processes.get(this.#place) === this) processes.delete(this.#place);
    this.#child.stdin?.end();
  }

  /** A number that names something on the other side. */
  newId(): number {
    return this.#nextId++;
  }

  /** The answer. Rejects with what Python raised. */
  async ask(request: Request, data: Uint8Array = new Uint8Array()): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin?.write(encodeRequest(request, data));
    });
    if (typeof answer.head['error'] === 'string') throw new Error(`Python: ${answer.head['error']}`);
    return answer;
  }

  #fail(reason: string): void {
    if (processes.get(this.#place) === this) processes.delete(this.#place);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }
}
