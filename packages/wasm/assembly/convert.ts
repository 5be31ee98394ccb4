/**
 * The same elements in another dtype, one after another. Towards the arithmetic: exact, or rounded once. From it: integers are cut to
 * the output's width, floats are rounded to it once, to nearest even. A unit is CHUNK elements, a multiple of every vector's width.
 */
import { ConvertParameters } from './generated/parameters';

const CHUNK: i32 = 4096;

// @ts-ignore: decorator
@inline
function each<From, To>(parameters: usize, workspace: usize, from: i32, to: i32): void {
  const p = changetype<ConvertParameters>(parameters);
  const last = min(p.count, to * CHUNK);
  const source = workspace + p.source, target = workspace + p.target;
  for (let i = from * CHUNK; i < last; i++) store<To>(target + i * sizeof<To>(), <To>load<From>(source + i * sizeof<From>()));
}

// Towards the arithmetic.
export function convert_u8_i16(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u8, i16>(p, w, from, to); }
export function convert_i8_i16(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i8, i16>(p, w, from, to); }
export function convert_u8_i32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u8, i32>(p, w, from, to); }
export function convert_i8_i32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i8, i32>(p, w, from, to); }
export function convert_u16_i32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u16, i32>(p, w, from, to); }
export function convert_i16_i32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i16, i32>(p, w, from, to); }
export function convert_u8_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u8, i64>(p, w, from, to); }
export function convert_i8_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i8, i64>(p, w, from, to); }
export function convert_u16_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u16, i64>(p, w, from, to); }
export function convert_i16_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i16, i64>(p, w, from, to); }
export function convert_u32_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u32, i64>(p, w, from, to); }
export function convert_i32_i64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i32, i64>(p, w, from, to); }
export function convert_u8_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u8, f32>(p, w, from, to); }
export function convert_i8_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i8, f32>(p, w, from, to); }
export function convert_u16_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u16, f32>(p, w, from, to); }
export function convert_i16_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i16, f32>(p, w, from, to); }
export function convert_u32_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u32, f32>(p, w, from, to); }
export function convert_i32_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i32, f32>(p, w, from, to); }
export function convert_u8_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u8, f64>(p, w, from, to); }
export function convert_i8_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i8, f64>(p, w, from, to); }
export function convert_u16_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u16, f64>(p, w, from, to); }
export function convert_i16_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i16, f64>(p, w, from, to); }
export function convert_u32_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u32, f64>(p, w, from, to); }
export function convert_i32_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i32, f64>(p, w, from, to); }
export function convert_u64_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<u64, f64>(p, w, from, to); }
export function convert_i64_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i64, f64>(p, w, from, to); }
export function convert_f32_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<f32, f64>(p, w, from, to); }

export function convert_f16_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { widen(p, w, from, to, true); }
export function convert_bf16_f32(p: usize, w: usize, s: usize, from: i32, to: i32): void { widen(p, w, from, to, false); }
export function convert_f16_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { widenTwice(p, w, from, to, true); }
export function convert_bf16_f64(p: usize, w: usize, s: usize, from: i32, to: i32): void { widenTwice(p, w, from, to, false); }

// From the arithmetic.
export function convert_i32_i8(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i32, i8>(p, w, from, to); }
export function convert_i32_i16(p: usize, w: usize, s: usize, from: i32, to: i32): void { each<i32, i16>(p, w, from, to); }

/** OR of ANDs: a count below 2³² that is zero only where no pair was true. */
export function convert_i32_bool(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<ConvertParameters>(parameters);
  const last = min(p.count, to * CHUNK);
  for (let i = from * CHUNK; i < last; i++) store<u8>(workspace + p.target + i, load<i32>(workspace + p.source + 4 * i) != 0);
}

export function convert_f32_f16(p: usize, w: usize, s: usize, from: i32, to: i32): void { narrow(p, w, from, to, true); }
export function convert_f32_bf16(p: usize, w: usize, s: usize, from: i32, to: i32): void { narrow(p, w, from, to, false); }

/** float16, or else bfloat16, to float32. */
// @ts-ignore: decorator
@inline
function widen(parameters: usize, workspace: usize, from: i32, to: i32, isHalf: bool): void {
  const p = changetype<ConvertParameters>(parameters);
  const last = min(p.count, to * CHUNK);
  const source = workspace + p.source, target = workspace + p.target;
  let i = from * CHUNK;
  for (; i + 4 <= last; i += 4) v128.store(target + 4 * i, widened(i32x4.extend_low_i16x8_u(v128.load64_zero(source + 2 * i)), isHalf));
  for (; i < last; i++) store<f32>(target + 4 * i, f32x4.extract_lane(widened(i32x4.splat(load<u16>(source + 2 * i)), isHalf), 0));
}

/** float16, or else bfloat16, to float64. */
// @ts-ignore: decorator
@inline
function widenTwice(parameters: usize, workspace: usize, from: i32, to: i32, isHalf: bool): void {
  const p = changetype<ConvertParameters>(parameters);
  const last = min(p.count, to * CHUNK);
  const source = workspace + p.source, target = workspace + p.target;
  for (let i = from * CHUNK; i < last; i++) {
    store<f64>(target + 8 * i, <f64>f32x4.extract_lane(widened(i32x4.splat(load<u16>(source + 2 * i)), isHalf), 0));
  }
}

/** float32 to float16, or else to bfloat16. */
// @ts-ignore: decorator
@inline
function narrow(parameters: usize, workspace: usize, from: i32, to: i32, isHalf: bool): void {
  const p = changetype<ConvertParameters>(parameters);
  const last = min(p.count, to * CHUNK);
  const source = workspace + p.source, target = workspace + p.target;
  let i = from * CHUNK;
  for (; i + 4 <= last; i += 4) {
    const bits = narrowed(v128.load(source + 4 * i), isHalf);
    v128.store64_lane(target + 2 * i, i16x8.narrow_i32x4_u(bits, bits), 0);
  }
  for (; i < last; i++) store<u16>(target + 2 * i, <u16>i32x4.extract_lane(narrowed(v128.load32_zero(source + 4 * i), isHalf), 0));
}

// @ts-ignore: decorator
@inline
function widened(bits: v128, isHalf: bool): v128 {
  return isHalf ? fromHalf(bits) : i32x4.shl(bits, 16);
}

// @ts-ignore: decorator
@inline
function narrowed(value: v128, isHalf: bool): v128 {
  return isHalf ? toHalf(value) : toBfloat(value);
}

/** float16 bits in 32-bit lanes → float32. The exponent is rebiased by a product, which brings subnormals right too. */
// @ts-ignore: decorator
@inline
function fromHalf(bits: v128): v128 {
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const scaled = f32x4.mul(magnitude, f32x4.splat(reinterpret<f32>((254 - 15) << 23)));
  // Infinity and NaN keep all exponent bits.
  const special = v128.and(i32x4.gt_s(magnitude, i32x4.splat((0x7c00 << 13) - 1)), i32x4.splat(0x7f800000));
  return v128.or(v128.or(scaled, special), i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16));
}

/** float32 → float16 bits in 32-bit lanes, to nearest even. */
// @ts-ignore: decorator
@inline
function toHalf(value: v128): v128 {
  const sign = v128.and(value, i32x4.splat(0x80000000));
  const magnitude = v128.xor(value, sign);
  // Normal results: rebias and round by adding just below a half of the last place, plus one where that place is odd.
  const odd = v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1));
  const normal = i32x4.shr_u(i32x4.add(i32x4.add(magnitude, i32x4.splat(((15 - 127) << 23) + 0xfff)), odd), 13);
  // Subnormal results: the adder rounds, when one unit of the sum's last place is the smallest float16.
  const magic = i32x4.splat(((127 - 15) + (23 - 10) + 1) << 23);
  const subnormal = i32x4.sub(f32x4.add(magnitude, magic), magic);
  const special = v128.bitselect(i32x4.splat(0x7e00), i32x4.splat(0x7c00), i32x4.gt_s(magnitude, i32x4.splat(0x7f800000)));
  const finite = v128.bitselect(subnormal, normal, i32x4.lt_s(magnitude, i32x4.splat(113 << 23)));
  const result = v128.bitselect(special, finite, i32x4.gt_s(magnitude, i32x4.splat((143 << 23) - 1)));
  return v128.or(result, i32x4.shr_u(sign, 16));
}

/** float32 → bfloat16 bits in 32-bit lanes, to nearest even; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function toBfloat(value: v128): v128 {
  const odd = v128.and(i32x4.shr_u(value, 16), i32x4.splat(1));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(value, i32x4.splat(0x7fff)), odd), 16);
  return v128.bitselect(rounded, v128.or(i32x4.shr_u(value, 16), i32x4.splat(0x40)), f32x4.eq(value, value));
}
