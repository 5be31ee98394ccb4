/**
 * Elements of every dtype as bits, and between them JAX's astype: all in integer arithmetic, since WGSL may assume that there is no NaN,
 * may flush subnormals, and need not round as IEEE 754 does when it converts. A float of any width is the bits of a float32 in between,
 * an integer of any width 32 bits.
 */
import { DTYPES, type DType } from '@laxconv/api/backend';

/** Bytes of one component (re or im) of an element. */
export function componentBytes(dtype: DType): number {
  return DTYPES[dtype].itemsize / DTYPES[dtype].components;
}

/** `load(index)`: the bits of component `index` of `source: array<u32>`, widened. */
export function loadWgsl(dtype: DType): string {
  const bytes = componentBytes(dtype);
  const perWord = 4 / bytes;
  const bits = 8 * bytes;
  const word = `source[index / ${perWord}u]`;
  const part = bytes === 4 ? word : `extractBits(${word}, (index % ${perWord}u) * ${bits}u, ${bits}u)`;
  return `${widenWgsl(dtype)}fn load(index: u32) -> u32 { return widened(${part}); }
`;
}

/** `widened(bits)`: a component, which stands in the lower end of a word, as the bits of a float32 or of a 32-bit integer. */
export function widenWgsl(dtype: DType): string {
  const bits = 8 * componentBytes(dtype);
  const widening = (value: string): string => `fn widened(bits: u32) -> u32 { return ${value}; }\n`;
  if (dtype === 'float16') return `${FROM_FLOAT16}${widening('from_float16(bits)')}`;
  if (dtype === 'bfloat16') return widening('bits << 16u');
  const isSigned = DTYPES[dtype].kind === 'int' && bits < 32;
  return widening(isSigned ? `bitcast<u32>(extractBits(bitcast<i32>(bits), 0u, ${bits}u))` : 'bits');
}

/** A function `name` of bits: from what `widened` gives of a `from` to the bits of a component of a `to`, in the lower end of a word. */
export function castWgsl(from: DType, to: DType, name: string): string {
  const casting = (expression: string): string => `fn ${name}(bits: u32) -> u32 { return ${expression}; }\n`;
  const source = DTYPES[from].kind;
  const isFloat = source === 'float' || source === 'complex';
  const { kind } = DTYPES[to];
  if (kind === 'bool') return casting(isFloat ? 'select(0u, 1u, (bits << 1u) != 0u)' : 'select(0u, 1u, bits != 0u)');
  if (kind === 'float' || kind === 'complex') {
    const float = isFloat ? 'bits' : source === 'int' ? 'from_signed(bits)' : 'from_unsigned(bits)';
    const helper = isFloat ? '' : source === 'int' ? FROM_SIGNED : FROM_UNSIGNED;
    if (to === 'float16') return `${helper}${TO_FLOAT16}${casting(`to_float16(${float})`)}`;
    if (to === 'bfloat16') return `${helper}${TO_BFLOAT16}${casting(`to_bfloat16(${float})`)}`;
    return `${helper}${casting(float)}`;
  }
  const bits = 8 * componentBytes(to);
  const mask = bits === 32 ? '' : ` & ${2 ** bits - 1}u`;
  if (!isFloat) return casting(`bits${mask}`);
  const most = kind === 'int' ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  return kind === 'int'
    ? `${TRUNCATED}${casting(`select(min(truncated(bits), ${most}u), 0u - min(truncated(bits), ${most + 1}u), bits >= 0x80000000u)${mask}`)}`
    : `${TRUNCATED}${casting(`select(min(truncated(bits), ${most}u), 0u, bits >= 0x80000000u)`)}`;
}

/** Without branches, as all of these: on a CPU both sides of one are computed anyway, and masks are slower than a select. */
const FROM_FLOAT16 = `fn from_float16(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffu;
  let shifted = magnitude << 13u;
  // Infinity and NaN have the largest exponent, here and there.
  let usual = shifted + select(0x38000000u, 0x70000000u, magnitude >= 0x7c00u);
  // A subnormal is fraction · 2⁻²⁴, which float32 has as a normal number.
  let small = bitcast<u32>(f32(magnitude) * 5.9604644775390625e-8);
  return ((bits & 0x8000u) << 16u) | select(usual, small, magnitude < 0x400u);
}
`;

/** Ties to even; what is too large is infinity. The carry of rounding goes into the exponent, which is what it should do. */
const TO_FLOAT16 = `fn to_float16(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  let usual = (magnitude + 0xfffu + ((magnitude >> 13u) & 1u) - 0x38000000u) >> 13u;
  // A subnormal: the value in units of 2⁻²⁴. What is shifted by 25 is less than half of one.
  let shift = u32(clamp(126 - i32(magnitude >> 23u), 1, 25));
  let significand = (magnitude & 0x7fffffu) | 0x800000u;
  let small = (significand + (1u << (shift - 1u)) - 1u + ((significand >> shift) & 1u)) >> shift;
  let finite = select(small, usual, magnitude >= 0x38800000u);
  let rounded = ((bits >> 16u) & 0x8000u) | select(finite, 0x7c00u, magnitude >= 0x477ff000u);
  return select(rounded, 0x7e00u, magnitude > 0x7f800000u);
}
`;

const TO_BFLOAT16 = `fn to_bfloat16(bits: u32) -> u32 {
  return select((bits + 0x7fffu + ((bits >> 16u) & 1u)) >> 16u, 0x7fc0u, (bits & 0x7fffffffu) > 0x7f800000u);
}
`;

/** Both halves are exact, so that their sum is the only rounding. */
const FROM_SIGNED = `fn from_signed(bits: u32) -> u32 {
  return bitcast<u32>(f32(bitcast<i32>(bits) >> 16u) * 65536.0 + f32(bits & 0xffffu));
}
`;
const FROM_UNSIGNED = `fn from_unsigned(bits: u32) -> u32 {
  return bitcast<u32>(f32(bits >> 16u) * 65536.0 + f32(bits & 0xffffu));
}
`;

/** The magnitude without its fraction, at most 2³² − 1; NaN is 0. */
const TRUNCATED = `fn truncated(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u || magnitude < 0x3f800000u) { return 0u; }
  if (magnitude >= 0x4f800000u) { return 0xffffffffu; }
  let exponent = magnitude >> 23u;
  let significand = (magnitude & 0x7fffffu) | 0x800000u;
  if (exponent >= 150u) { return significand << (exponent - 150u); }
  return significand >> (150u - exponent);
}
`;
