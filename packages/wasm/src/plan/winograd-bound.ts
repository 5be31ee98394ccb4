/** What Winograd's kernels declare: errors grow with the largest input of a tile (docs/numerics.md derives the numbers). */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';

/** Per dimension: how much the transforms can magnify max|x|·Σ|w|, and the roundings that a term passes besides the sum over features. */
const MAGNIFICATION = { 2: 4, 4: 37 / 3 };
const ROUNDINGS = { 2: 6, 4: 13 };
/** F(4, 3) in two dimensions: the proof gives 152/9 and more, which no data comes near; four times the worst that trials have shown. */
const TRIED = 4;

/** The bound of F(outputs, 3) along the dimensions `tiled`; null where the proof needs more features than there are. */
export function winogradBound({ phases, geometry, components }: LoweredConv, tiled: readonly number[], outputs: 2 | 4): ErrorBound | null {
  const [phase] = phases;
  const features = geometry.inFeatures * components.operand;
  const { length } = tiled;
  const proven = (MAGNIFICATION[outputs] ** length * (features + ROUNDINGS[outputs] * length)) / (3 ** length * features);
  const c = outputs === 4 && length === 2 ? TRIED : proven;
  // Beyond 8 the contract takes no bound.
  if (c > 8) return null;
  return { kind: 'tile', c, tile: phase.map((_, d) => (tiled.includes(d) ? outputs + 2 : 1)) };
}
