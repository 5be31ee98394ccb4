/** When a subgroup shares weights (wgsl/lanes.wgsl.ts). */
import type { ConvGeometry } from '@laxconv/api/backend';
import type { AdapterFacts } from './algorithm.ts';

/** Lanes that share weights where all invocations want the same: there is one feature, and parts of its lines are neighbours. */
export function lanesOfOne(
  { groups, outFeatures }: Pick<ConvGeometry, 'groups' | 'outFeatures'>,
  { subgroupSize = 0 }: AdapterFacts,
): number {
  return groups * outFeatures === 1 ? subgroupSize : 0;
}
