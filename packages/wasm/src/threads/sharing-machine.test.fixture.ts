/** A machine whose every step with more than one unit is shared unit by unit, worth it or not: what tests run on to meet the threads. */
import type { Isa } from '../module/isa.ts';
import { loadModule } from '../module/load.ts';
import { Machine, type Sharing } from '../program/machine.ts';

/** A machine that shares everything, of the best build or `isa`'s. */
export async function sharingMachine(sharing: Partial<Sharing> = {}, isa?: Isa): Promise<Machine> {
  return new Machine(await loadModule(isa, true), { threads: 2, grain: () => 1, ...sharing });
}
