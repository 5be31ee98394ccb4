/** What laxconv itself costs, above a backend that does nothing. */
import type { BenchCase } from './bench-case.ts';
import { layer } from './describe-call.ts';

export const OVERHEAD_CASES: readonly BenchCase[] = [
  {
    name: 'overhead/conv-general-dilated',
    about: 'A repeated call on a backend that does nothing: what laxconv itself costs',
    call: layer([1, 16, 16, 3], [3, 3, 3, 4]),
    quick: true,
    overhead: true,
  },
];
