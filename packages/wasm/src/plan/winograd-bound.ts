/** What Winograd's kernels declare: errors grow with the largest input of a tile (docs/numerics.md derives the numbers). */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import type { Tiling } from './winograd-tiling.ts';

/** Per dimension: how much the transforms can magnify max|x|·Σ|w|, and the roundings that a term passes besides the sum over features. */
const MAGNIFICATION = { 2: 4, 4: 37 / 3 };
const ROUNDINGS = { 2: 6, 4: 13 };
/** F(4, 3) in two dimensions: the proof gives 152/9 and more, which no data comes near; four times the worst that trials have shown. */
const TRIED = 4;
/** Beyond, the contract takes no bound. */
const LARGEST = 8;

/** The constant of `tiling`; null where the proof needs more features than there are. */
export function winogradConstant({ geometry, components }: LoweredConv, { outputs, tiled, slices }: Tiling): number | null {
  const terms = geometry.inFeatures * components.operand * slices.taps;
  const { length } = tiled;
  // Complex: twice the terms of the formula's K, and the modulus of both parts is twice what bounds one of them.
  const perModulus = components.operand ** 2;
  const proven = (perModulus * MAGNIFICATION[outputs] ** length * (terms + ROUNDINGS[outputs] * length)) / (3 ** length * terms);
  const c = outputs === 4 && length === 2 ? TRIED : proven;
  return c > LARGEST ? null : c;
}

/** The bound of all `tilings` together: tile sizes count positions of the dilated lhs. */
export function winogradBound({ geometry }: LoweredConv, tilings: readonly Tiling[], constants: readonly number[]): ErrorBound {
  const tile = geometry.spatial.map(({ lhsDilation }, d) =>
    Math.max(...tilings.map(({ phase, tiled, inputs }) => (tiled.includes(d) ? (inputs - 1) * phase[d].tapStep * lhsDilation + 1 : 1))),
  );
  return { kind: 'tile', c: Math.max(...constants), tile };
}
