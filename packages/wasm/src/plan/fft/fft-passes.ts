/** Passes of the Fourier transform: the radices of a length, the order that they leave points in, and the factors of each pass. */

/** Radices of a transform of `length` points, in order; null where other primes than 2, 3 and 5 divide it. */
export function radicesOf(length: number): number[] | null {
  const radices: number[] = [];
  let rest = length;
  for (const prime of [5, 3]) for (; rest % prime === 0; rest /= prime) radices.push(prime);
  let fours = 0;
  for (; rest % 4 === 0; rest /= 4) fours++;
  if (rest === 2) radices.push(2);
  else if (rest !== 1) return null;
  return [...radices, ...Array.from({ length: fours }, () => 4)];
}

/** The frequency at each place after a transform by `radices`. */
export function frequencies(radices: readonly number[]): Int32Array {
  let order = new Int32Array(1);
  for (const radix of radices.toReversed()) {
    const { length } = order;
    const next = new Int32Array(radix * length);
    for (let at = 0; at < next.length; at++) next[at] = Math.floor(at / length) + radix * order[at % length];
    order = next;
  }
  return order;
}

/** exp(−2πi·k/length) for every k, re and im side by side. */
export function roots(length: number): Float64Array {
  const values = new Float64Array(2 * length);
  // Quarters differ by a factor −i.
  const turns = length % 4 === 0 ? 4 : 1;
  const quarter = length / turns;
  for (let k = 0; k < quarter; k++) {
    const angle = (-2 * Math.PI * k) / length;
    let [re, im] = [Math.cos(angle), Math.sin(angle)];
    for (let at = k; at < length; at += quarter) {
      values[2 * at] = re;
      values[2 * at + 1] = im;
      [re, im] = [im, -re];
    }
  }
  return values;
}

/** The factors of a pass of `radix` over blocks of `block` points, from the second place of a leg on; `root` has those of `length`. */
export function factorsOf(radix: number, block: number, length: number, root: Float64Array): Float64Array {
  const leg = block / radix;
  const values = new Float64Array(2 * (radix - 1) * (leg - 1));
  let at = 0;
  for (let place = 1; place < leg; place++) {
    for (let c = 1; c < radix; c++) {
      const k = c * place * (length / block);
      values[at++] = root[2 * k];
      values[at++] = root[2 * k + 1];
    }
  }
  return values;
}
