/** One child process with the backend under test, as seen from the parent: asks, waits, and kills when the time is up. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { BackendFacts } from '../report/result.ts';
import { CannotRun } from '../run/cannot-run.ts';
import type { Outcome } from '../run/run-test.ts';
import type { ChildTask, FromChild, ToChild } from './protocol.ts';
import { endWithUs, release } from './reaper.ts';

/** How asking a child ended: with an answer, or with its death. */
export type Answer =
  | { readonly kind: 'answer'; readonly message: FromChild }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'death'; readonly how: string };

/** The last characters of a child's output that a crash message shows. */
const TAIL = 2000;

/** A backend that can be killed. */
export class ChildBackend {
  readonly #process: ChildProcess;
  #output = '';
  #death: string | undefined;
  #settle: ((answer: Answer) => void) | undefined;

  private constructor() {
    // Evaluated code resolves imports from the working directory, whichever way this package was found.
    const program = `import { serve } from ${JSON.stringify(new URL(import.meta.url.endsWith('.ts') ? 'serve.ts' : 'serve.js', import.meta.url).href)};
serve((specifier) => import(specifier));`;
    this.#process = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output = (this.#output + text).slice(-TAIL)));
    }
    this.#process.on('message', (message: FromChild) => this.#answer({ kind: 'answer', message }));
    this.#process.on('error', (error) => this.#die(error.message));
    // 'close' comes when the output is complete; where a grandchild holds it open, 'exit' must do.
    const how = (code: number | null, signal: NodeJS.Signals | null): string =>
      signal === null ? `exit code ${code}` : `signal ${signal}`;
    this.#process.on('close', (code, signal) => this.#die(how(code, signal)));
    this.#process.on('exit', (code, signal) => setTimeout(() => this.#die(how(code, signal)), 200).unref());
    endWithUs(this.#kill);
  }

  /** Starts a child and its backend. @throws CannotRun when either cannot start. */
  static async start(task: ChildTask, seconds: number): Promise<{ child: ChildBackend; backend: BackendFacts }> {
    const child = new ChildBackend();
    const answer = await child.#ask({ type: 'start', task }, seconds);
    if (answer.kind === 'answer' && answer.message.type === 'ready') return { child, backend: answer.message.backend };
    child.kill();
    if (answer.kind === 'timeout') throw new CannotRun(`the backend of ${task.module} did not start within ${seconds} s`);
    if (answer.kind === 'death')
      throw new CannotRun(`the backend of ${task.module} ended while starting (${answer.how})${child.#lastWords()}`);
    throw new CannotRun(answer.message.type === 'refused' ? answer.message.message : `the backend of ${task.module} answered out of turn`);
  }

  /** Runs a test; a child that hangs is killed, and after a `timeout` or `crash` it is gone. @throws CannotRun for a corrupt golden. */
  async run(id: string, seconds: number): Promise<Outcome> {
    const started = performance.now();
    const answer = await this.#ask({ type: 'run', id }, seconds);
    if (answer.kind === 'answer' && answer.message.type === 'done') return answer.message.outcome;
    const ms = Math.round(performance.now() - started);
    this.kill();
    if (answer.kind === 'answer' && answer.message.type === 'refused') throw new CannotRun(answer.message.message);
    if (answer.kind === 'timeout') return { id, ms, kernels: [], status: 'timeout', message: `killed: it did not end within ${seconds} s` };
    const how = answer.kind === 'death' ? answer.how : 'an answer out of turn';
    return { id, ms, kernels: [], status: 'crash', message: `the backend's process ended (${how})${this.#lastWords()}` };
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  /** Lets the child dispose of the backend and go; kills it when it does not. */
  async end(seconds: number): Promise<void> {
    await this.#ask({ type: 'end' }, seconds);
    this.kill();
  }

  /** Kills the child where it lives, and lets go of its output, which a grandchild may hold open for as long as it likes. */
  kill(): void {
    this.#kill();
    release(this.#kill);
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
  }

  readonly #kill = (): void => {
    if (this.#death === undefined) this.#process.kill('SIGKILL');
    this.#death ??= 'killed';
  };

  #ask(message: ToChild, seconds: number): Promise<Answer> {
    if (this.#death !== undefined) return Promise.resolve({ kind: 'death', how: this.#death });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer({ kind: 'timeout' }), seconds * 1000);
      this.#settle = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#process.send(message, (error) => {
        if (error !== null) this.#die(error.message);
      });
    });
  }

  #answer(answer: Answer): void {
    this.#settle?.(answer);
    this.#settle = undefined;
  }

  #die(how: string): void {
    this.#death ??= how;
    this.#answer({ kind: 'death', how });
  }

  #lastWords(): string {
    const words = this.#output.trim();
    return words === '' ? '' : `; it said:\n${words}`;
  }
}
