/** Whole numbers modulo another: where two dilations meet. */

/**
 * The greatest common divisor.
 *
 * @example
 * gcd(12, 18); // → 6
 */
export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/**
 * The r in [0, modulus) with r·factor ≡ 1, where factor and modulus share no divisor; 0 modulo 1.
 *
 * @example
 * inverseModulo(3, 7); // → 5
 */
export function inverseModulo(factor: number, modulus: number): number {
  const m = BigInt(modulus);
  let [r0, r1] = [m, BigInt(factor) % m];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return Number(((t0 % m) + m) % m);
}
