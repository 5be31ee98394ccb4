/** The property family: laws of convolution that hold for random problems, one test per law and dtype. */
import { DTYPE_NAMES, type DType } from '@laxconv/api/backend';
import type { ConformanceTest } from '../../suite/test.ts';
import { calls } from './calls.ts';
import { exactness } from './exactness.ts';
import { features } from './features.ts';
import { layout } from './layout.ts';
import { linearity } from './linearity.ts';
import { signal } from './signal.ts';
import { space } from './space.ts';

const GROUPS: readonly ((dtype: DType) => ConformanceTest[])[] = [linearity, space, features, layout, exactness, calls, signal];

/** All property tests. */
export function propertyTests(): ConformanceTest[] {
  return DTYPE_NAMES.flatMap((dtype) => GROUPS.flatMap((group) => group(dtype)));
}
