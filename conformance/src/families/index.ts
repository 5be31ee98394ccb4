/** The families: which tests there are, in the order they are reported. */
import type { Goldens } from '../goldens/goldens.ts';
import type { ConformanceTest } from '../suite/test.ts';
import { contractTests } from './contract/index.ts';
import { differentialTests } from './differential/index.ts';
import { goldenTests } from './golden.ts';
import { gradientTests } from './gradient/index.ts';
import { propertyTests } from './property/index.ts';
import { validationTests } from './validation.ts';

/** Every family's tests. */
export function allTests(goldens: Goldens): ConformanceTest[] {
  return [
    ...goldenTests(goldens),
    ...validationTests(goldens),
    ...propertyTests(),
    ...differentialTests(),
    ...contractTests(),
    ...gradientTests(),
  ];
}
