/** All deliberately broken backends, and which families have to catch each. */
import { ARITHMETIC_FAULTS } from './arithmetic-faults.ts';
import { withFault, type BrokenBackend, type CatchingFamily } from './broken-backend.ts';
import { FEATURE_FAULTS } from './feature-faults.ts';
import { GEOMETRY_FAULTS } from './geometry-faults.ts';
import { forgetfulCache, HANGS, LIFETIME_FAULTS } from './lifetime-faults.ts';
import { OUT_FAULTS } from './out-faults.ts';
import { OWNERSHIP_FAULTS } from './ownership-faults.ts';
import { claiming, REFUSAL_FAULTS } from './refusal-faults.ts';

/** Wrong numbers: a golden alone finds them, and so do laws and random problems alone. */
const BY_ALL_NUMBERS: readonly CatchingFamily[] = ['golden', 'property', 'differential'];
const BY_CONTRACT: readonly CatchingFamily[] = ['contract'];

/** The fields of a problem that a cache key may forget; the others follow from shapes, or change no number of naive's. */
const KEYED_FIELDS = ['windowStrides', 'padding', 'lhsDilation', 'rhsDilation', 'windowReversal', 'lhsSpec', 'rhsSpec', 'outSpec', 'out'];

export const BROKEN_BACKENDS: readonly BrokenBackend[] = [
  ...Object.entries({ ...GEOMETRY_FAULTS, ...FEATURE_FAULTS }).map(([name, fault]): BrokenBackend => ({
    name,
    kind: 'values',
    caughtBy: BY_ALL_NUMBERS,
    dtypes: ['float32'],
    create: () => withFault(fault),
  })),
  ...Object.entries(ARITHMETIC_FAULTS).map(([name, { dtypes, fault }]): BrokenBackend => ({
    name,
    kind: 'values',
    caughtBy: BY_ALL_NUMBERS,
    dtypes,
    create: () => withFault(fault),
  })),
  ...Object.entries({ ...OWNERSHIP_FAULTS, ...OUT_FAULTS, ...REFUSAL_FAULTS, ...LIFETIME_FAULTS }).map(([name, create]): BrokenBackend => ({
    name,
    kind: 'rule',
    caughtBy: BY_CONTRACT,
    dtypes: ['float32'],
    create,
  })),
  ...KEYED_FIELDS.map((field): BrokenBackend => ({
    name: `plan cache that forgets ${field}`,
    kind: 'rule',
    caughtBy: BY_CONTRACT,
    dtypes: ['float32'],
    create: forgetfulCache(field),
  })),
  { name: 'run never settles', kind: 'rule', caughtBy: BY_CONTRACT, dtypes: ['float32'], create: HANGS, patience: 500 },
  // That the claim is false only shows in sums that need rounding, which contract tests have none of.
  {
    name: 'float kernel that claims to be exact',
    kind: 'rule',
    caughtBy: ['golden', 'differential'],
    dtypes: ['float32'],
    create: claiming({ kind: 'exact' }),
  },
];
