/** The module at work: its memory, and runs of steps on the calling thread. */
import { Heap } from '../memory/heap.ts';
import { Workspace } from '../memory/workspace.ts';
import type { Isa } from '../module/isa.ts';
import type { LoadedModule } from '../module/load.ts';
import type { Kernel, Step } from './step.ts';

/** An instance of the module. */
export class Machine {
  readonly isa: Isa;
  readonly heap: Heap;
  readonly workspace: Workspace;
  readonly scratch: Workspace;
  readonly #kernels: Readonly<Record<string, Kernel>>;

  constructor({ module, isa }: LoadedModule) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    this.isa = isa;
    this.heap = new Heap(memory);
    this.workspace = new Workspace(this.heap);
    this.scratch = new Workspace(this.heap);
    this.#kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Readonly<Record<string, Kernel>>;
  }

  /** All steps, one after another. */
  run(steps: readonly Step[], workspace: number, scratch: number): void {
    for (const step of steps) this.runUnits(step, workspace, scratch, 0, step.units);
  }

  /** The units of a step from `from` to before `to`. */
  runUnits({ kernel, parameters }: Step, workspace: number, scratch: number, from: number, to: number): void {
    this.#kernels[kernel](parameters, workspace, scratch, from, to);
  }
}
