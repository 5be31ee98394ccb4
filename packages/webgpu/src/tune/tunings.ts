/**
 * What tuning found: for each adapter and problem, the kernel that was fastest. Plain JSON, so that a caller can store it and give it to
 * the next backend; a kernel that is not known any more is passed over there.
 */
import { refuse, type ConvProblem } from '@laxconv/api/backend';
import { CREATE } from '../name.ts';

/** The file format of `Tunings.toJSON`. */
export interface TuningFile {
  readonly format: 1;
  /** By adapter, then by problem. */
  readonly kernels: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const FORMAT = 1;

/** The kernels found on one adapter; what a file says of others is kept. */
export class Tunings {
  private readonly adapter: string;
  private readonly kernels: Map<string, Map<string, string>>;

  /** @throws LaxconvError `backend/option` where `file` is no such file. */
  constructor(adapter: string, file?: unknown) {
    this.adapter = adapter;
    this.kernels = file === undefined ? new Map() : parsed(file);
  }

  /** The kernel that was fastest for `problem`; undefined where it has not been tried here. */
  kernelFor(problem: ConvProblem): string | undefined {
    return this.kernels.get(this.adapter)?.get(JSON.stringify(problem));
  }

  /** Keeps `kernel` for `problem`. */
  keep(problem: ConvProblem, kernel: string): void {
    const own = this.kernels.get(this.adapter) ?? new Map<string, string>();
    own.set(JSON.stringify(problem), kernel);
    this.kernels.set(this.adapter, own);
  }

  /** What the constructor takes. */
  toJSON(): TuningFile {
    return {
      format: FORMAT,
      kernels: Object.fromEntries([...this.kernels].map(([adapter, kernels]) => [adapter, Object.fromEntries(kernels)])),
    };
  }
}

function parsed(file: unknown): Map<string, Map<string, string>> {
  const { format, kernels } = recordOf(file, 'a tuning file');
  if (format !== FORMAT) throw wrong(`its format must be ${FORMAT}, got ${JSON.stringify(format)}`, file);
  return new Map(
    Object.entries(recordOf(kernels, 'kernels')).map(([adapter, byProblem]) => [
      adapter,
      new Map(
        Object.entries(recordOf(byProblem, `kernels of ${adapter}`)).map(([problem, kernel]) => {
          if (typeof kernel !== 'string') throw wrong(`a kernel must be a name, got ${typeof kernel}`, file);
          return [problem, kernel];
        }),
      ),
    ]),
  );
}

function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(`${name} must be an object`, value);
  return value as Readonly<Record<string, unknown>>;
}

function wrong(what: string, tunings: unknown): Error {
  return refuse('backend/option', `tunings: ${what}`, { op: CREATE, argument: 'tunings', values: { tunings } });
}
