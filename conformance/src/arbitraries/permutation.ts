/** Permutations as integers, so that fast-check shrinks them to the identity (0). */

/** The permutation of 0 … length − 1 with this number; numbers beyond the last one start over. */
export function permutation(number: number, length: number): number[] {
  const left = Array.from({ length }, (_, index) => index);
  const result: number[] = [];
  let rest = number;
  for (let count = length; count > 0; count--) {
    result.push(...left.splice(rest % count, 1));
    rest = Math.floor(rest / count);
  }
  return result;
}

/** The permutation that undoes `order`. */
export function inverse(order: readonly number[]): number[] {
  const result = new Array<number>(order.length);
  order.forEach((from, to) => {
    result[from] = to;
  });
  return result;
}

/** How many permutations there are of `length` things. */
export function factorial(length: number): number {
  return length <= 1 ? 1 : length * factorial(length - 1);
}
