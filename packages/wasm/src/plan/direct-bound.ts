/** What a direct kernel declares: integers exact, floats within γ(K) of the sum of magnitudes, complex by four products. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';

/** The bound of any kernel that multiplies and adds in the accumulator, in whatever order, fused or not. */
export function directBound({ arithmetic, components }: LoweredConv): ErrorBound {
  if (arithmetic !== 'f32' && arithmetic !== 'f64') return { kind: 'exact' };
  // Complex: the two components' errors together stay below √2·γ(2K)·Σ|x|·|w|, as the naive backend's do.
  return { kind: 'pointwise', c: components === 2 ? 3 : 1 };
}
