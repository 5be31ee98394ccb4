/** Random calls of the numpy and scipy.signal functions on small integers. */
import fc from 'fast-check';
import type { DType, Tensor } from '@laxconv/api/backend';
import { EXACT_STYLES, fillArbitrary, fillTensor, type Fill } from './fill.ts';

/** The functions of numpy and scipy.signal that have a mode. */
export const SIGNAL_FUNCTIONS = [
  'numpy.convolve',
  'numpy.correlate',
  'scipy.signal.convolve',
  'scipy.signal.correlate',
  'scipy.signal.convolve2d',
  'scipy.signal.correlate2d',
] as const;
/** One of these functions. */
export type SignalFunction = (typeof SIGNAL_FUNCTIONS)[number];

/** Which part of the full result. */
export type SignalMode = 'full' | 'same' | 'valid';

/** Two inputs, of which one contains the other in every dimension. */
export interface SignalCall {
  readonly dtype: DType;
  readonly shapes: readonly [readonly number[], readonly number[]];
  readonly fills: readonly [Fill, Fill];
  readonly mode: SignalMode;
  readonly precision: 'highest' | 'default';
}

const LARGEST = [0, 13, 4, 3];

/** Calls for inputs of one of these ranks. */
export function signalCallArbitrary(dtype: DType, ranks: readonly number[]): fc.Arbitrary<SignalCall> {
  return fc.oneof({ withCrossShrink: true }, ...ranks.map((rank) => callOfRank(dtype, rank)));
}

function callOfRank(dtype: DType, rank: number): fc.Arbitrary<SignalCall> {
  const size = fc.integer({ min: 1, max: LARGEST[rank] });
  const sizes = fc.array(fc.tuple(size, size), { minLength: rank, maxLength: rank });
  const fill = fillArbitrary(EXACT_STYLES);
  const rest = { fills: fc.tuple(fill, fill), mode: fc.constantFrom('full' as const, 'same' as const, 'valid' as const) };
  return fc
    .record({ sizes, firstIsLarger: fc.boolean(), precision: fc.constantFrom('highest' as const, 'default' as const), ...rest })
    .map(({ sizes: pairs, firstIsLarger, ...others }) => {
      const larger = pairs.map((pair) => Math.max(...pair));
      const smaller = pairs.map((pair) => Math.min(...pair));
      return { dtype, shapes: firstIsLarger ? [larger, smaller] : [smaller, larger], ...others };
    });
}

/** The inputs of a call. */
export function inputsOf({ dtype, shapes, fills }: SignalCall): [Tensor, Tensor] {
  return [
    fillTensor({ dtype, shape: shapes[0] }, fills[0]),
    fillTensor({ dtype, shape: shapes[1] }, { style: fills[1].style, seed: fills[1].seed + 77 }),
  ];
}
