/** For the tests: machines on both builds, and arrays in their memory. */
import { loadModule } from './module/load.ts';
import type { Isa } from './module/isa.ts';
import { OwnedMemory } from './memory/owned-memory.ts';
import { Machine } from './program/machine.ts';
import type { Step } from './program/step.ts';

/** Both builds. */
export const ISAS: readonly Isa[] = ['simd128', 'relaxed-simd'];

type ArrayClass<T> = new (buffer: ArrayBuffer, byteOffset: number, length: number) => T;

/** A machine that runs units one by one and the last first: what a kernel does must not depend on how its units are shared out. */
export class ReversingMachine extends Machine {
  override runUnits(step: Step, workspace: number, scratch: number, from: number, to: number): void {
    for (let unit = to - 1; unit >= from; unit--) super.runUnits(step, workspace, scratch, unit, unit + 1);
  }
}

/** A machine whose steps work on absolute addresses. */
export class TestMachine {
  readonly machine: Machine;
  readonly memory: OwnedMemory;

  private constructor(machine: Machine) {
    this.machine = machine;
    this.memory = new OwnedMemory(machine.heap);
  }

  static async of(isa: Isa): Promise<TestMachine> {
    return new TestMachine(new ReversingMachine(await loadModule(isa)));
  }

  /** Runs steps, unit by unit and the last first: what a kernel does must not depend on how its units are shared out. */
  run(...steps: readonly Step[]): void {
    const scratch = this.memory.allocate(4096);
    for (const step of steps) {
      for (let unit = step.units - 1; unit >= 0; unit--) this.machine.runUnits(step, 0, scratch, unit, unit + 1);
    }
  }

  /** The address of a copy of `array`. */
  place(array: ArrayBufferView): number {
    const address = this.memory.allocate(array.byteLength);
    this.machine.heap.bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), address);
    return address;
  }

  /** A copy of what lies at `address`. */
  read<T extends { slice(): T }>(array: ArrayClass<T>, address: number, length: number): T {
    return new array(this.machine.heap.memory.buffer, address, length).slice();
  }
}
