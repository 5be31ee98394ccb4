/**
 * Layouts. Mirrors `conv_dimension_numbers` and `conv_general_permutations` in jax/_src/lax/convolution.py: the order of spatial
 * dimensions is that of the rhs layout; lhs and out axes are matched to it by letter.
 */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { sequence } from './arguments.ts';

/** JAX's ConvDimensionNumbers: axis permutations. */
export interface ConvDimensionNumbers {
  /** Axes of lhs in the order (batch, feature, …spatial). */
  readonly lhsSpec: readonly number[];
  /** Axes of rhs in the order (outFeature, inFeature, …spatial). */
  readonly rhsSpec: readonly number[];
  /** Axes of out in the order (batch, feature, …spatial). */
  readonly outSpec: readonly number[];
}

const NAMED_AXES = [
  ['N', 'C'],
  ['O', 'I'],
  ['N', 'C'],
] as const;

/** The canonical form of `dimensionNumbers` for operands of these shapes, of which only the ranks matter. */
export function resolveDimensionNumbers(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  dimensionNumbers: unknown,
): ConvDimensionNumbers {
  const argument = 'dimensionNumbers';
  if (isConvDimensionNumbers(dimensionNumbers)) {
    const { lhsSpec, rhsSpec, outSpec } = dimensionNumbers;
    const axes = (spec: unknown): number[] => sequence(op, argument, spec, 'dimension-numbers/axis-type') as number[];
    return { lhsSpec: axes(lhsSpec), rhsSpec: axes(rhsSpec), outSpec: axes(outSpec) };
  }
  const rank = lhsShape.length;
  if (rank !== rhsShape.length) {
    throw refuse(
      'dimension-numbers/rank',
      `lhs and rhs must have the same number of dimensions, got shapes ${describe(lhsShape)} and ${describe(rhsShape)}`,
      {
        op,
        argument: 'rhs',
        values: { lhsShape, rhsShape },
      },
    );
  }
  if (dimensionNumbers === undefined || dimensionNumbers === null) {
    const identity = lhsShape.map((_, axis) => axis);
    return { lhsSpec: identity, rhsSpec: identity, outSpec: identity };
  }
  const values = { dimensionNumbers };
  if (!Array.isArray(dimensionNumbers)) {
    throw refuse(
      'dimension-numbers/type',
      `dimensionNumbers must be three layout strings such as ['NHWC', 'HWIO', 'NHWC'], a ConvDimensionNumbers or null, got ${describe(dimensionNumbers)}`,
      { op, argument, values },
    );
  }
  if (dimensionNumbers.length !== 3) {
    throw refuse('dimension-numbers/length', `dimensionNumbers must have 3 elements (lhs, rhs, out), got ${describe(dimensionNumbers)}`, {
      op,
      argument,
      values,
    });
  }
  const layouts: readonly unknown[] = [0, 1, 2].map((index) => dimensionNumbers[index] as unknown);
  if (!layouts.every((layout) => typeof layout === 'string')) {
    throw refuse('dimension-numbers/strings', `the elements of dimensionNumbers must be strings, got ${describe(layouts)}`, {
      op,
      argument,
      values,
    });
  }
  for (const [index, layout] of layouts.entries()) {
    // A letter is one or two code units: a string far too long need not be taken apart.
    if (layout.length <= 2 * rank && [...layout].length === rank) continue;
    throw refuse(
      'dimension-numbers/string-length',
      `dimensionNumbers[${index}] must have ${rank} letters for operands of shapes ${describe(lhsShape)} and ${describe(rhsShape)}, got ${describe(layouts)}`,
      { op, argument, values: { ...values, index, expected: rank } },
    );
  }
  return permutations(
    op,
    layouts.map((layout) => [...layout]),
  );
}

function permutations(op: string, letters: readonly (readonly string[])[]): ConvDimensionNumbers {
  const argument = 'dimensionNumbers';
  const layouts = letters.map((layout) => layout.join(''));
  const values = { dimensionNumbers: layouts };
  for (const [index, [first, second]] of NAMED_AXES.entries()) {
    const count = (letter: string): number => letters[index].filter((other) => other === letter).length;
    if (count(first) !== 1 || count(second) !== 1) {
      throw refuse(
        'dimension-numbers/required-letters',
        `dimensionNumbers[${index}] must contain '${first}' and '${second}' exactly once, got ${describe(layouts)}`,
        { op, argument, values: { ...values, index } },
      );
    }
    if (new Set(letters[index]).size !== letters[index].length) {
      throw refuse(
        'dimension-numbers/duplicate-letters',
        `dimensionNumbers[${index}] cannot have a letter twice, got ${describe(layouts)}`,
        {
          op,
          argument,
          values: { ...values, index },
        },
      );
    }
  }
  const spatial = letters.map((layout, index) => layout.filter((letter) => !(NAMED_AXES[index] as readonly string[]).includes(letter)));
  const [, rhsSpatial] = spatial;
  if (spatial.some((own) => own.some((letter) => !rhsSpatial.includes(letter)))) {
    throw refuse(
      'dimension-numbers/spatial-letters',
      `the elements of dimensionNumbers must have the same spatial letters, got ${describe(layouts)}`,
      { op, argument, values },
    );
  }
  const [lhsSpec, rhsSpec, outSpec] = letters.map((layout, index) =>
    [...NAMED_AXES[index], ...rhsSpatial].map((letter) => layout.indexOf(letter)),
  );
  return { lhsSpec, rhsSpec, outSpec };
}

function isConvDimensionNumbers(value: unknown): value is ConvDimensionNumbers {
  return (
    typeof value === 'object' &&
    value !== null &&
    'lhsSpec' in value &&
    'rhsSpec' in value &&
    'outSpec' in value &&
    [value.lhsSpec, value.rhsSpec, value.outSpec].every((spec) => Array.isArray(spec))
  );
}

/** The spatial sizes of an operand, in the order of the rhs layout. */
export function spatialSizes(shape: readonly number[], spec: readonly number[]): number[] {
  return spec.slice(2).map((axis) => shape.at(axis) ?? 0);
}

/** Refuses axes given as integers that an operand of this rank does not have. Negative ones count from the end, as in NumPy. */
export function checkAxesExist(op: string, name: keyof ConvDimensionNumbers, axes: readonly number[], rank: number): void {
  checkIntegerAxes(op, name, axes);
  const missing = axes.find((axis) => axis >= rank || axis < -rank);
  if (missing === undefined) return;
  throw refuse('dimension-numbers/axis-range', `${name} must name axes of ${rank} dimensions, got ${missing} in ${describe(axes)}`, {
    op,
    argument: 'dimensionNumbers',
    values: { [name]: axes, rank },
  });
}

/** Refuses what is no integer among axes. */
export function checkIntegerAxes(op: string, name: keyof ConvDimensionNumbers, axes: readonly number[]): void {
  if ([...axes].every((axis) => Number.isSafeInteger(axis))) return;
  throw refuse('dimension-numbers/axis-type', `${name} must be a list of integers, got ${describe(axes)}`, {
    op,
    argument: 'dimensionNumbers',
    values: { [name]: axes },
  });
}

/** Refuses axes given as integers that are fewer than two. */
export function checkFeatureAxes(op: string, name: keyof ConvDimensionNumbers, axes: readonly number[]): void {
  if (axes.length >= 2) return;
  throw refuse('dimension-numbers/axis-range', `${name} must name a batch and a feature axis, got ${describe(axes)}`, {
    op,
    argument: 'dimensionNumbers',
    values: { [name]: axes },
  });
}

/** Refuses axes given as integers that are not a permutation of 0 … rank − 1. */
export function checkPermutations(op: string, numbers: ConvDimensionNumbers, rank: number): void {
  for (const name of ['lhsSpec', 'rhsSpec', 'outSpec'] as const) {
    const spec = numbers[name];
    checkIntegerAxes(op, name, spec);
    checkFeatureAxes(op, name, spec);
    if (spec.length === rank && new Set(spec).size === rank && spec.every((axis) => axis >= 0 && axis < rank)) continue;
    throw refuse(
      'dimension-numbers/axis-permutation',
      `${name} must be a permutation of the ${rank} axes from 0 to ${rank - 1}, got ${describe(spec)}`,
      {
        op,
        argument: 'dimensionNumbers',
        values: { [name]: spec, rank },
      },
    );
  }
}
