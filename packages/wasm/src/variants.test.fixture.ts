/**
 * The backend in every way that its parts allow, for the suite: either build, threads that share every step unit by unit, worth it or
 * not, and each algorithm wherever it can run at all.
 */
import type { Backend } from '@laxconv/api/backend';
import type { Isa } from './module/isa.ts';
import { loadModule } from './module/load.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { ALGORITHMS } from './plan/choose.ts';
import { Machine } from './program/machine.ts';
import { sharingMachine } from './threads/sharing-machine.test.fixture.ts';
import { backendOn } from './wasm-backend.ts';

/** One way. */
export interface Variant {
  readonly name: string;
  readonly createBackend: () => Promise<Backend>;
}

/** The builds and threads that are not what `createBackend()` takes here. */
export const BUILDS: readonly Variant[] = [
  { name: 'wasm, simd128', createBackend: async () => backendOn(new Machine(await loadModule('simd128')), 'as asked') },
  { name: 'wasm, simd128, 2 threads', createBackend: () => sharing('simd128') },
  { name: 'wasm, relaxed-simd, 2 threads', createBackend: () => sharing('relaxed-simd') },
];

/** Each algorithm as the one that is taken wherever it does not refuse. */
export const PREFERENCES: readonly Variant[] = ALGORITHMS.map((algorithm) => ({
  name: `wasm, ${algorithm.name} preferred`,
  createBackend: async () => {
    const table = ALGORITHMS.map((each) => (each === algorithm ? preferred(each) : each));
    return backendOn(new Machine(await loadModule()), 'as asked', undefined, table);
  },
}));

async function sharing(isa: Isa): Promise<Backend> {
  return backendOn(await sharingMachine({}, isa), 'as asked');
}

function preferred(algorithm: Algorithm): Algorithm {
  return {
    ...algorithm,
    consider: (lowered, isa) => {
      const offer = algorithm.consider(lowered, isa);
      return typeof offer === 'string' ? offer : { ...offer, cost: 0 };
    },
  };
}
