/** bfloat16 ⇄ number: the upper 16 bits of a float32. */

const scratch = new Float32Array(1);
const bitsOfScratch = new Uint32Array(scratch.buffer);

/**
 * The bits of the bfloat16 nearest to the float32 nearest to `value` (ties to even), as JAX converts.
 *
 * @example
 * toBfloat16Bits(1); // → 0x3f80
 */
export function toBfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  scratch[0] = value;
  const bits = bitsOfScratch[0];
  const lowestKeptBit = (bits >>> 16) & 1;
  return ((bits + 0x7fff + lowestKeptBit) >>> 16) & 0xffff;
}

/**
 * The value of a bfloat16's bits.
 *
 * @example
 * fromBfloat16Bits(0x3f80); // → 1
 */
export function fromBfloat16Bits(bits: number): number {
  bitsOfScratch[0] = bits << 16;
  return scratch[0];
}
