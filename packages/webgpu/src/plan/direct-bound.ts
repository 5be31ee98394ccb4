/** What a direct kernel declares: integers exact, floats within γ(K) of the sum of magnitudes. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';

/** The bound of any kernel that multiplies and adds in the accumulator, in whatever order, fused or not. */
export function directBound({ arithmetic }: LoweredConv): ErrorBound {
  return arithmetic === 'f32' ? { kind: 'pointwise', c: 1 } : { kind: 'exact' };
}
