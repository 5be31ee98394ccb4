/** A backend whose every step with more than one unit is shared unit by unit, worth it or not: what the suite runs on to meet the threads. */
import type { Backend } from '@laxconv/api/backend';
import { loadModule } from '../module/load.ts';
import { Machine, type Sharing } from '../program/machine.ts';
import { backendOn } from '../wasm-backend.ts';

/** A machine that shares everything. */
export async function sharingMachine(sharing: Partial<Sharing> = {}): Promise<Machine> {
  return new Machine(await loadModule(undefined, true), { threads: 2, grain: () => 1, ...sharing });
}

/** The backend on it. */
export async function createBackend(): Promise<Backend> {
  return backendOn(await sharingMachine(), 'as asked');
}
