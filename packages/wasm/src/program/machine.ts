/** The module at work: its memory, and runs of steps, on the calling thread or shared with workers. */
import { isLaxconvError } from '@laxconv/api/backend';
import { aligned, Heap } from '../memory/heap.ts';
import { sharedMemory, plainMemory } from '../memory/linear-memory.ts';
import { Workspace } from '../memory/workspace.ts';
import type { Isa } from '../module/isa.ts';
import type { LoadedModule } from '../module/load.ts';
import { kernelTable, type KernelTable } from '../threads/kernel-table.ts';
import { Pool } from '../threads/pool.ts';
import { grainOf } from '../threads/share-out.ts';
import { needsEventLoop, type StartWorker } from '../threads/start-worker.ts';
import { Turns } from '../threads/turns.ts';
import type { Program, Step } from './step.ts';

/** Where a run works: its operands and results, and what its kernels scribble on. */
export interface Desk {
  readonly workspace: Workspace;
  readonly scratch: Workspace;
}

/** How a machine shares its work, and what it works with. */
export interface Sharing {
  readonly threads: number;
  /** The most pages of 64 KiB that its memory may have; tests are content with few. */
  readonly pages?: number;
  /** Units of a chunk; tests share what is not worth it. */
  readonly grain?: typeof grainOf;
  readonly start?: StartWorker;
}

/** An instance of the module, with workers that share its memory where `threads` is more than 1. */
export class Machine {
  readonly isa: Isa;
  readonly heap: Heap;
  readonly threads: number;
  /** Who may use `desk`. */
  readonly turns = new Turns();
  readonly desk: Desk;
  /** For a synchronous run while another one waits for its workers. */
  readonly spareDesk: Desk;
  readonly pool: Pool | undefined;
  readonly #table: KernelTable;
  readonly #grain: typeof grainOf;

  constructor({ module, isa, isShared }: LoadedModule, { threads, grain = grainOf, start, pages }: Sharing = { threads: 1 }) {
    const memory = isShared ? sharedMemory(pages) : plainMemory(pages);
    this.isa = isa;
    this.threads = threads;
    this.#grain = grain;
    this.heap = new Heap(memory);
    this.desk = this.#newDesk();
    this.spareDesk = this.#newDesk();
    this.#table = kernelTable(module, memory);
    this.pool = threads > 1 ? new Pool({ module, memory, table: this.#table, threads, ...(start && { start }) }) : undefined;
  }

  /** All steps, one after another, on the calling thread. */
  run(steps: readonly Step[], workspace: number, scratch: number): void {
    // No iterator: a run allocates nothing.
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (this.#isDue(step, workspace)) this.runUnits(step, workspace, scratch, 0, step.units);
    }
  }

  /** The units of a step from `from` to before `to`. */
  runUnits({ kernel, parameters }: Step, workspace: number, scratch: number, from: number, to: number): void {
    this.#table.kernels[this.#table.numberOf.get(kernel) ?? -1](parameters, workspace, scratch, from, to);
  }

  /** All steps, one after another, those that are worth it shared with the workers; a promise where one of these is still at work. */
  share({ steps, scratchBytes }: Program, workspace: number, scratch: number, first = 0): Promise<void> | undefined {
    const { pool, threads } = this;
    for (let index = first; index < steps.length; index++) {
      const step = steps[index];
      if (!this.#isDue(step, workspace)) continue;
      const grain = this.#grain(step, threads);
      if (pool === undefined || grain >= step.units) this.runUnits(step, workspace, scratch, 0, step.units);
      else {
        const rest = pool.share(step, grain, workspace, scratch, aligned(scratchBytes));
        if (rest !== undefined)
          return rest.then(() => this.share({ steps, scratchBytes, workspaceBytes: 0 }, workspace, scratch, index + 1));
      }
    }
    return undefined;
  }

  /** `program` will be run: workers that it will be shared with are started, for they take a while; a promise where that must be waited for. */
  expect({ steps }: Program): Promise<void> | undefined {
    const { pool } = this;
    if (pool === undefined || !steps.some((step) => this.#grain(step, this.threads) < step.units)) return undefined;
    pool.warm();
    return needsEventLoop() ? pool.started() : undefined;
  }

  /** `action`; where it finds no room, once more without what runs keep for the next one. */
  withRoom<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const idle = this.turns.isTaken ? [this.spareDesk] : [this.desk, this.spareDesk];
      if (!isLaxconvError(error) || error.rule !== 'memory/exhausted' || !idle.some(release)) throw error;
      return action();
    }
  }

  /** Ends the workers. */
  async end(): Promise<void> {
    await this.pool?.end();
  }

  /** Room at `desk` for a run of `program`; may move what is there. */
  reserve(desk: Desk, program: Program): void {
    try {
      reserveAt(desk, program, this.threads);
    } catch (error) {
      const other = desk === this.desk ? this.spareDesk : this.desk;
      // Both blocks of this one anew, so that neither is in the other's way; and the other desk, where nobody sits.
      const freed = release(desk);
      if (other === this.desk ? !freed : !release(other) && !freed) throw error;
      reserveAt(desk, program, this.threads);
    }
  }

  #isDue({ onlyIf }: Step, workspace: number): boolean {
    return onlyIf === undefined || this.heap.words[(workspace + onlyIf) / 4] !== 0;
  }

  #newDesk(): Desk {
    return { workspace: new Workspace(this.heap), scratch: new Workspace(this.heap) };
  }
}

function reserveAt({ workspace, scratch }: Desk, { workspaceBytes, scratchBytes }: Program, threads: number): void {
  scratch.reserve(threads * aligned(scratchBytes));
  workspace.reserve(workspaceBytes);
}

/** Gives back what is at `desk`; false where that was nothing. */
function release({ workspace, scratch }: Desk): boolean {
  return workspace.release() + scratch.release() > 0;
}
