/** Parameter blocks: a struct of 32-bit integers in WGSL, and the same list of names in TypeScript, so that neither can go astray. */

/** What a kernel computes in; a complex number is two of them. */
export type Element = 'f32' | 'i32';

/** Names of the members of a parameter block, in order. */
export type ParameterNames = readonly string[];

/** The struct `Params` with `names`, bound read-only at `binding` as `params`. */
export function parametersWgsl(names: ParameterNames, binding: number): string {
  return `struct Params {
${names.map((name) => `  ${name}: i32,`).join('\n')}
}
@group(0) @binding(${binding}) var<uniform> params: Params;`;
}

/**
 * The block that `parametersWgsl` declares.
 * @throws RangeError where a value is missing or is no 32-bit integer: a fault of the kernel's author.
 */
export function parameterBlock(names: ParameterNames, values: Readonly<Record<string, number>>): Int32Array {
  return Int32Array.from(names, (name) => {
    const value = values[name];
    if (value === undefined || value !== Math.trunc(value) || Math.abs(value) >= 2 ** 31)
      throw new RangeError(`parameter ${name} is ${value}`);
    return value;
  });
}

/** `text` for every index below `count`, joined by line breaks. */
export function each(count: number, text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

/**
 * Whole division of integers that are not negative: `divide(a, b)`, and the rest in the same breath, `split(a, b)` → (quotient, rest).
 * Integer division is done lane by lane where a shader runs on a CPU, and branches mask lanes; this is two divisions of floats.
 */
export const DIVISION_WGSL = `fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}
`;

/**
 * Whether a parameter is 1. What it counts is then no loop, and the text goes without it: fewer divisions, and less to compile. For shaders
 * that few problems share anyway: a text for every set of loops that are none would be compiled for a problem or two.
 */
export type IsOne = (parameter: string) => boolean;

/** Of the parameters with these `values`. */
export function isOneIn(values: Readonly<Record<string, number>>): IsOne {
  return (parameter) => values[parameter] === 1;
}

/** A loop that a dividend is an index of: the name of its position, and of the parameter that counts it, which the outermost can do without. */
export type SplitPart = readonly [name: string, count?: string];

/** For splitWgsl: positions `name0`, `name1`, … of `rank` loops counted by numbered parameters, the innermost, which is the last, first. */
export function numberedParts(rank: number, name: string, count: string): SplitPart[] {
  return Array.from({ length: rank }, (_, index) => rank - 1 - index).map((d) => [`${name}${d}`, `${count}${d}`]);
}

/** Statements that take the variable `dividend` apart into positions of loops, the innermost first; of the outermost it has what is left. */
export function splitWgsl(dividend: string, parts: readonly SplitPart[], indent: string, isOne: IsOne = () => false): string {
  const isSingle = ([, count]: SplitPart): boolean => count !== undefined && isOne(count);
  const outermost = parts.findLast((part) => !isSingle(part));
  return parts
    .map((part) => {
      const [name, count] = part;
      if (isSingle(part)) return `let ${name} = 0;`;
      if (part === outermost) return `let ${name} = ${dividend};`;
      return `let ${name}_split = split(${dividend}, params.${count}); let ${name} = ${name}_split.y; ${dividend} = ${name}_split.x;`;
    })
    .join(`\n${indent}`);
}

/**
 * The value among `names` at `index`. Where a shader runs on a CPU, a load or store is long code: a loop around one of them, which picks
 * its value, compiles in a fraction of the time that a store for each value takes. Its bounds must be parameters: the compiler unrolls a
 * loop that it sees the end of, be it in a min() of a constant and something else. And it does not belong into an inner loop, where picking takes longer than it saves.
 */
export function pickWgsl(index: string, names: readonly string[]): string {
  return names.slice(1).reduce((value, name, i) => `select(${value}, ${name}, ${index} == ${i + 1})`, names[0]);
}
