/**
 * What tuning found: for each adapter and problem, the kernel that was fastest. Plain JSON, so that a caller can store it and give it to
 * the next backend; a kernel that is not known any more is passed over there.
 */
import { wrongOption, type ConvProblem } from '@laxconv/api/backend';
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
  const { format, kernels } = recordOf('tunings', file);
  if (format !== FORMAT) throw wrongOption(CREATE, 'tunings.format', String(FORMAT), format);
  return new Map(
    Object.entries(recordOf('tunings.kernels', kernels)).map(([adapter, byProblem]) => {
      const name = `tunings.kernels[${JSON.stringify(adapter)}]`;
      return [
        adapter,
        new Map(
          Object.entries(recordOf(name, byProblem)).map(([problem, kernel]) => {
            if (typeof kernel !== 'string') throw wrongOption(CREATE, name, 'an object of kernel names', kernel);
            return [problem, kernel];
          }),
        ),
      ];
    }),
  );
}

/** A plain object of any realm. */
function recordOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (Object.prototype.toString.call(value) !== '[object Object]') throw wrongOption(CREATE, name, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}
