/** Numbers as whole multiples of a power of ten, the next after the one before: what is sorted, or nearly so, packs well. */

/** What a reader sees has three. */
const DIGITS = 4;

/** `value` with four significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Lists of numbers: the first of each list and then differences, in units of 10 to the power of `exponent`. */
export interface Steps {
  readonly exponent: number;
  readonly lists: readonly (readonly number[])[];
}

/** `lists` of numbers of at least 0, of which the smallest keeps its digits. */
export function stepsOf(lists: readonly (readonly number[])[]): Steps {
  const smallest = lists.flat().reduce((least, value) => (value > 0 ? Math.min(least, value) : least), Infinity);
  const exponent = Number.isFinite(smallest) ? Math.floor(Math.log10(smallest)) - DIGITS + 1 : 0;
  const units = (value: number): number => Math.round(Number(`${value}e${-exponent}`));
  return { exponent, lists: lists.map((list) => list.map((value, index) => units(value) - (index === 0 ? 0 : units(list[index - 1])))) };
}

/** The lists again. */
export function listsOf({ exponent, lists }: Steps): number[][] {
  return lists.map((steps) => {
    let sum = 0;
    return steps.map((step) => Number(`${(sum += step)}e${exponent}`));
  });
}
