/** What Winograd's kernels declare: errors grow with the largest input of a tile (docs/numerics.md derives the numbers). */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../../lower/lower.ts';
import type { Tiling } from './winograd-tiling.ts';

/** The bound of all `tilings` together: tile sizes count positions of the dilated lhs. */
export function winogradBound({ geometry }: LoweredConv, tilings: readonly Tiling[], constants: readonly number[]): ErrorBound {
  const tile = geometry.spatial.map(({ lhsDilation }, d) =>
    Math.max(...tilings.map(({ phase, tiled, inputs }) => (tiled.includes(d) ? (inputs - 1) * phase[d].tapStep * lhsDilation + 1 : 1))),
  );
  return { kind: 'tile', c: Math.max(...constants), tile };
}
