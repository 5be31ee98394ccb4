/**
 * The backend in every way that one adapter allows, for the suite: on a device that was not given what the adapter has, as if the adapter
 * were a card, and with each algorithm wherever it can run at all.
 */
import type { Backend } from '@laxconv/api/backend';
import { acquireDevice } from './device/acquire.ts';
import { factsOf, type AdapterFacts } from './device/adapter-facts.ts';
import { Gpu } from './device/gpu.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { TABLE } from './plan/choose.ts';
import { backendOn } from './webgpu-backend.ts';

/** One way. */
export interface Variant {
  readonly name: string;
  readonly createBackend: () => Promise<Backend>;
}

interface Parts {
  readonly withoutFeatures?: readonly string[];
  readonly facts?: Partial<AdapterFacts>;
  readonly algorithms?: readonly Algorithm[];
}

/** Poorer devices on the adapter that there is, and one that is taken for a card. */
export const ADAPTERS: readonly Variant[] = [
  variant('without subgroups', { withoutFeatures: ['subgroups'] }),
  variant('without shader-f16', { withoutFeatures: ['shader-f16'] }),
  variant('without any feature', { withoutFeatures: ['subgroups', 'shader-f16', 'timestamp-query'] }),
  variant('as on a card', { facts: { isSoftware: false } }),
];

/** Each algorithm as the one that is taken wherever it does not refuse. */
export const PREFERENCES: readonly Variant[] = TABLE.map((algorithm) =>
  variant(`${algorithm.name} preferred`, { algorithms: TABLE.map((each) => (each === algorithm ? preferred(each) : each)) }),
);

function variant(what: string, { withoutFeatures = [], facts = {}, algorithms }: Parts): Variant {
  return {
    name: `webgpu, ${what}`,
    createBackend: async () => {
      const acquired = await acquireDevice({ withoutFeatures });
      return backendOn(new Gpu(acquired, { ...factsOf(acquired.device, acquired.info), ...facts }), algorithms);
    },
  };
}

function preferred(algorithm: Algorithm): Algorithm {
  return {
    ...algorithm,
    consider: (lowered, adapter) => {
      const offer = algorithm.consider(lowered, adapter);
      return typeof offer === 'string' ? offer : { ...offer, cost: 0, compiling: 0 };
    },
  };
}
