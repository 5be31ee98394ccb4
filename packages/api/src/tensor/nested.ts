/** Nested arrays of numbers: their shape and their leaves. */
import { refuse } from '../errors.ts';
import type { Scalar } from './elements.ts';
import { describe } from './describe.ts';
import { MAX_RANK } from './tensor.ts';

/** Numbers nested in arrays to any depth; a complex element is `[re, im]`. */
export type Nested = number | bigint | boolean | readonly Nested[];

const op = 'tensor';

/** The shape that nested arrays have, by their first items; `flattened` checks the others. */
export function shapeOfNested(nested: unknown): number[] {
  const shape: number[] = [];
  let first: unknown = nested;
  while (Array.isArray(first)) {
    shape.push(first.length);
    // An array that contains itself gets here too.
    if (shape.length > MAX_RANK) {
      throw refuse('tensor/shape', `arrays may be nested at most ${MAX_RANK} deep`, {
        op,
        argument: 'data',
        values: { maximum: MAX_RANK },
      });
    }
    first = first[0];
  }
  return shape;
}

/** The leaves in order; refuses ragged nesting and leaves that are not numbers. */
export function flattened(nested: unknown): Scalar[] {
  const shape = shapeOfNested(nested);
  const leaves: Scalar[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[depth]) {
        const got = Array.isArray(value) ? `${value.length}` : describe(value);
        throw refuse('tensor/ragged', `nested arrays must be rectangular: expected ${shape[depth]} items at depth ${depth}, got ${got}`, {
          op,
          argument: 'data',
          values: { depth, expected: shape[depth] },
        });
      }
      // Not by its iterator, which may never end.
      for (let index = 0; index < shape[depth]; index++) visit(value[index], depth + 1);
    } else if (typeof value === 'number' || typeof value === 'bigint') {
      leaves.push(value);
    } else if (typeof value === 'boolean') {
      leaves.push(Number(value));
    } else {
      const rule = Array.isArray(value) ? 'tensor/ragged' : 'tensor/element';
      throw refuse(rule, `elements must be numbers, bigints or booleans at depth ${depth}, got ${describe(value)}`, {
        op,
        argument: 'data',
        values: { depth },
      });
    }
  };
  visit(nested, 0);
  return leaves;
}
