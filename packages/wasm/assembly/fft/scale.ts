/**
 * Powers of two that keep a transform in range. Its intermediate values are larger than what goes in and comes out, by the number of
 * points and more: weights are brought to about 1 when they are bound, lhs when it is far from there, and results brought back. None of
 * that rounds.
 */

// @ts-ignore: decorator
@inline
function bitsOfFraction<T>(): i32 {
  return sizeof<T>() == 4 ? 23 : 52;
}

// @ts-ignore: decorator
@inline
function bias<T>(): i32 {
  return sizeof<T>() == 4 ? 127 : 1023;
}

/** The exponent of a number's leading bit; 0 of what has none: zero, infinity, NaN. */
export function exponentOf<T>(value: T): i32 {
  const infinite = 2 * bias<T>() + 1;
  // Two to the number of bits of a fraction makes every subnormal number normal.
  const lifted = value * power<T>(bitsOfFraction<T>());
  const isSmall = value < power<T>(1 - bias<T>());
  const biased = sizeof<T>() == 4
    ? <i32>(reinterpret<u32>(<f32>(isSmall ? lifted : value)) >> 23)
    : <i32>(reinterpret<u64>(<f64>(isSmall ? lifted : value)) >> 52);
  if (biased == 0 || biased >= infinite) return 0;
  return biased - bias<T>() - (isSmall ? bitsOfFraction<T>() : 0);
}

/** 2 to the `exponent`; 0 below the smallest number, infinity above the largest. */
export function power<T>(exponent: i32): T {
  const biased = min(exponent + bias<T>(), 2 * bias<T>() + 1);
  const shift = biased + bitsOfFraction<T>() - 1;
  if (sizeof<T>() == 4) return <T>reinterpret<f32>(biased > 0 ? biased << 23 : shift >= 0 ? 1 << shift : 0);
  return <T>reinterpret<f64>(biased > 0 ? <i64>biased << 52 : shift >= 0 ? (<i64>1) << shift : 0);
}

/** The largest lane. */
export function largest<T>(peak: v128): T {
  const high = v128.shuffle<i64>(peak, peak, 1, 0);
  const two = v128.pmax<T>(peak, high);
  if (sizeof<T>() == 8) return <T>f64x2.extract_lane(two, 0);
  return <T>max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/** `peak` and the magnitudes of `values`. */
// @ts-ignore: decorator
@inline
export function widened<T>(peak: v128, values: v128): v128 {
  return v128.pmax<T>(peak, v128.abs<T>(values));
}

/**
 * Multiplies `bytes` bytes by a power of two over `divisor`, in two steps: where the power is far from 1, it may be no number of the type,
 * and the first step must neither overflow nor lose digits.
 */
export function rescale<T>(target: usize, bytes: usize, exponent: i32, divisor: T): void {
  const half = exponent >> 1;
  const first = v128.splat<T>(power<T>(half)), second = v128.splat<T>(power<T>(exponent - half) / divisor);
  for (let at = target; at < target + bytes; at += 16) v128.store(at, v128.mul<T>(v128.mul<T>(v128.load(at), first), second));
}
