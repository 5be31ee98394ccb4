/** The dtype table of `docs/numerics.md`, from the constants that the kit judges by. */
import { accumulatorOf, DTYPE_NAMES, DTYPES, type ConvProblem, type DType } from '@laxconv/api/backend';
import { formatOf } from '../../conformance/src/compare/number-formats.ts';
import { table } from './blocks.ts';

/** A row per dtype of a result: what its sums are made in, the unit roundoffs, the ends of its range. */
export function formatsTable(): string {
  const rows = DTYPE_NAMES.map((dtype) => {
    const { kind, itemsize } = DTYPES[dtype];
    if (kind === 'bool') return [dtype, dtype, 'exact: OR of ANDs', '', '', '', ''];
    if (kind === 'int' || kind === 'uint') return [dtype, dtype, `exact, modulo 2${superscript(itemsize * 8)}`, '', '', '', ''];
    const accumulator = accumulatorOf({ out: { dtype } } as ConvProblem);
    const [sum, out] = [formatOf(accumulator), formatOf(dtype)];
    return [
      dtype,
      accumulator,
      power(sum.roundoff),
      power(out.roundoff),
      power(sum.smallestNormal),
      power(out.smallestNormal),
      `2${superscript(exactUpTo(dtype))}`,
    ];
  });
  const head = [
    'result',
    'accumulator',
    'u of the sum',
    'u of the result',
    'smallest normal of the sum',
    'of the result',
    'integers exact up to',
  ];
  return table(head, rows);
}

function exactUpTo(dtype: DType): number {
  return -Math.log2(formatOf(dtype).roundoff);
}

function power(value: number): string {
  return `2${superscript(Math.log2(value))}`;
}

function superscript(value: number): string {
  return [...String(value)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
}
