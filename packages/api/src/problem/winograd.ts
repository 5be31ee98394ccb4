/**
 * Winograd's minimal filtering, F(2, 3) and F(4, 3), for whoever writes kernels: the transforms as assignments in a language of the
 * backend's own, and the constant of the error bound that they keep.
 *
 *   y = Aᵀ [(G w) ∘ (Bᵀ x)]        in two dimensions on both sides: Aᵀ [(G w Gᵀ) ∘ (Bᵀ x B)] A
 *
 * A tile of m outputs takes n = m + 2 inputs and n products instead of 3·m. The points of F(4, 3) are 0, ±3/2, ±2/3 and ∞: a product and
 * an addition cost the same wherever the points lie, and at these the largest amplification of an error is 12.3 per dimension, at the
 * usual 0, ±1, ±2, ∞ it is 29.3 (docs/numerics.md).
 */

/** How a language writes the operations that the transforms are made of. */
export interface TransformLanguage {
  /** x + y. */
  readonly add: (x: string, y: string) => string;
  /** x − y. */
  readonly sub: (x: string, y: string) => string;
  /** x times a number. */
  readonly scale: (factor: number, x: string) => string;
  /** sum + x times a number. */
  readonly madd: (sum: string, factor: number, x: string) => string;
}

/** Names and what they are, in an order in which they can be computed. */
export type Assignments = readonly (readonly [name: string, expression: string])[];

/** One of Winograd's algorithms, by its transforms of named values. */
export interface WinogradTransform {
  /** Outputs of a tile, m. */
  readonly outputs: 2 | 4;
  /** Inputs of a tile, n: also the products. */
  readonly inputs: 4 | 6;
  /** v0 … from d0 … (Bᵀ). */
  readonly input: Assignments;
  /** u0 … from g0, g1, g2 (G). */
  readonly weights: Assignments;
  /** y0 … from m0 … (Aᵀ). */
  readonly output: Assignments;
}

const A = 3 / 2;
const B = 2 / 3;

/** G's rows: (1, p, p²) divided by the product of the distances to the other points. */
function byPoint(point: number, other: number): readonly [number, number, number] {
  const divisor = 2 * point * point * (point * point - other * other);
  return [1 / divisor, point / divisor, (point * point) / divisor];
}

/**
 * F(2, 3) and F(4, 3) in a language.
 *
 * @example
 * const infix = (sign: string) => (x: string, y: string) => `(${x} ${sign} ${y})`;
 * const scale = (factor: number, x: string) => `${factor} * ${x}`;
 * const madd = (sum: string, factor: number, x: string) => `(${sum} + ${factor} * ${x})`;
 * const [two] = winogradTransforms({ add: infix('+'), sub: infix('-'), scale, madd });
 * two.output[1]; // → ['y1', '((m1 - m2) - m3)']
 */
export function winogradTransforms({ add, sub, scale, madd }: TransformLanguage): readonly [WinogradTransform, WinogradTransform] {
  const [a0, a1, a2] = byPoint(A, B);
  const [b0, b1, b2] = byPoint(B, A);
  const two: WinogradTransform = {
    outputs: 2,
    inputs: 4,
    input: [
      ['v0', sub('d0', 'd2')],
      ['v1', add('d1', 'd2')],
      ['v2', sub('d2', 'd1')],
      ['v3', sub('d1', 'd3')],
    ],
    weights: [
      ['e', scale(0.5, add('g0', 'g2'))],
      ['o', scale(0.5, 'g1')],
      ['u0', 'g0'],
      ['u1', add('e', 'o')],
      ['u2', sub('e', 'o')],
      ['u3', 'g2'],
    ],
    output: [
      ['y0', add('m0', add('m1', 'm2'))],
      ['y1', sub(sub('m1', 'm2'), 'm3')],
    ],
  };
  const four: WinogradTransform = {
    outputs: 4,
    inputs: 6,
    // a²·b² = 1, a·b² = b and b·a² = a.
    input: [
      ['ea', madd('d4', -B * B, 'd2')],
      ['oa', madd(scale(A, 'd3'), -B, 'd1')],
      ['eb', madd('d4', -A * A, 'd2')],
      ['ob', madd(scale(B, 'd3'), -A, 'd1')],
      ['v0', madd(add('d0', 'd4'), -A * A - B * B, 'd2')],
      ['v1', add('ea', 'oa')],
      ['v2', sub('ea', 'oa')],
      ['v3', add('eb', 'ob')],
      ['v4', sub('eb', 'ob')],
      ['v5', madd(add('d1', 'd5'), -A * A - B * B, 'd3')],
    ],
    weights: [
      ['ea', madd(scale(a0, 'g0'), a2, 'g2')],
      ['oa', scale(a1, 'g1')],
      ['eb', madd(scale(b0, 'g0'), b2, 'g2')],
      ['ob', scale(b1, 'g1')],
      ['u0', 'g0'],
      ['u1', add('ea', 'oa')],
      ['u2', sub('ea', 'oa')],
      ['u3', add('eb', 'ob')],
      ['u4', sub('eb', 'ob')],
      ['u5', 'g2'],
    ],
    output: [
      ['sa', add('m1', 'm2')],
      ['da', sub('m1', 'm2')],
      ['sb', add('m3', 'm4')],
      ['db', sub('m3', 'm4')],
      ['y0', add('m0', add('sa', 'sb'))],
      ['y1', madd(scale(A, 'da'), B, 'db')],
      ['y2', madd(scale(A * A, 'sa'), B * B, 'sb')],
      ['y3', madd(madd('m5', A ** 3, 'da'), B ** 3, 'db')],
    ],
  };
  return [two, four];
}

/** Per dimension: how much the transforms can magnify max|x|·Σ|w|, and the roundings that a term passes besides the sum over features. */
const MAGNIFICATION = { 2: 4, 4: 37 / 3 };
const ROUNDINGS = { 2: 6, 4: 13 };
/** F(4, 3) in two dimensions: the proof gives 152/9 and more, which no data comes near; four times the worst that trials have shown. */
const TRIED = 4;
/** Beyond, the contract takes no bound. */
const LARGEST = 8;

/**
 * The constant c of the `tile` bound of F(`outputs`, 3) in `dimensions`, a sum of `terms` real numbers per place of a tile, for numbers of
 * so many `components`; null where the proof needs more terms than there are (docs/numerics.md).
 *
 * @example
 * winogradConstant(4, 2, 64, 1); // → 4
 * winogradConstant(4, 1, 2, 1); // → null
 */
export function winogradConstant(outputs: 2 | 4, dimensions: number, terms: number, components: 1 | 2): number | null {
  // Complex: twice the terms of the formula's K, and the modulus of both parts is twice what bounds one of them.
  const perModulus = components ** 2;
  const proven =
    (perModulus * MAGNIFICATION[outputs] ** dimensions * (terms + ROUNDINGS[outputs] * dimensions)) / (3 ** dimensions * terms);
  const c = outputs === 4 && dimensions === 2 ? TRIED : proven;
  return c > LARGEST ? null : c;
}
