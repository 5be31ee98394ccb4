/** What the parent (command line) and the child (backend under test) tell each other. */
import type { BackendFacts } from '../report/result.ts';
import type { Outcome } from '../run/run-test.ts';

/** What a child needs to start. */
export interface ChildTask {
  /** The backend's module: what `import` gets, from the working directory. */
  readonly module: string;
  /** The argument of `createBackend`; absent where none was given. */
  readonly options?: unknown;
  readonly goldens?: string;
  readonly seed: number;
  readonly runs: number;
}

/** What the parent asks. */
export type ToChild =
  | { readonly type: 'start'; readonly task: ChildTask }
  | { readonly type: 'run'; readonly id: string }
  | { readonly type: 'end' };

/** What the child answers. */
export type FromChild =
  | { readonly type: 'ready'; readonly backend: BackendFacts }
  /** The backend cannot start, or a golden cannot be trusted; a sentence. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done'; readonly outcome: Outcome };
