/** Multiply and add, fused where the build has relaxed SIMD: the one difference between the two builds. */

// @ts-ignore: decorator
@inline
export function maddF32(acc: v128, x: v128, w: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, w, acc);
  return f32x4.add(acc, f32x4.mul(x, w));
}

// @ts-ignore: decorator
@inline
export function maddF64(acc: v128, x: v128, w: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(x, w, acc);
  return f64x2.add(acc, f64x2.mul(x, w));
}

/** acc + x·w in lanes of T. */
// @ts-ignore: decorator
@inline
export function madd<T>(acc: v128, x: v128, w: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(x, w, acc);
  return v128.add<T>(acc, v128.mul<T>(x, w));
}

/** acc − x·w in lanes of T. */
// @ts-ignore: decorator
@inline
export function nmadd<T>(acc: v128, x: v128, w: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_nmadd<T>(x, w, acc);
  return v128.sub<T>(acc, v128.mul<T>(x, w));
}
