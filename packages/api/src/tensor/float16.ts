/** IEEE binary16 ⇄ number. Own code because Float16Array is younger than the platforms we support (Node 22). */

/** Rounds to an integer, ties to even; exact for 0 ≤ value < 2⁵¹. */
function roundTiesToEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52;
}

/**
 * The bits of the float16 nearest to `value` (ties to even; overflow is infinity).
 *
 * @example
 * toFloat16Bits(1); // → 0x3c00
 */
export function toFloat16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2⁻¹⁴ the spacing is 2⁻²⁴; a carry out of the subnormals lands on the smallest normal by itself.
  if (magnitude < 2 ** -14) return sign | roundTiesToEven(magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  if (magnitude < 2 ** exponent) exponent -= 1; // log2 may round up to the next integer
  const significand = roundTiesToEven(magnitude * 2 ** (10 - exponent)); // 1024 … 2048
  return sign | (((exponent + 14) << 10) + significand);
}

/**
 * The value of a float16's bits.
 *
 * @example
 * fromFloat16Bits(0x3c00); // → 1
 */
export function fromFloat16Bits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
