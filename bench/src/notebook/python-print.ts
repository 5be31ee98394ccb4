/** Python's `print`, for what the notebook prints: strings, shapes as tuples, dimension numbers as JAX shows them. */
import type { ConvDimensionNumbers } from 'laxconv';

export type Printable = string | number | readonly number[] | ConvDimensionNumbers;

/** The line that Python's `print(...values)` writes. */
export function printed(...values: readonly Printable[]): string {
  return values.map(show).join(' ');
}

function show(value: Printable): string {
  if (typeof value !== 'object') return String(value);
  if ('lhsSpec' in value) {
    const { lhsSpec, rhsSpec, outSpec } = value;
    return `ConvDimensionNumbers(lhs_spec=${tuple(lhsSpec)}, rhs_spec=${tuple(rhsSpec)}, out_spec=${tuple(outSpec)})`;
  }
  return tuple(value);
}

function tuple(values: readonly number[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}
