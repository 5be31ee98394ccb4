/** What a direct kernel declares: integers exact, floats within γ(K) of the sum of magnitudes. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';

/** The bound of any kernel that multiplies and adds in the accumulator, in whatever order, fused or not. */
export function directBound({ arithmetic }: Pick<LoweredConv, 'arithmetic'>): ErrorBound {
  if (arithmetic === 'i32') return { kind: 'exact' };
  // Complex by four products: as the naive backend's (packages/naive/src/arithmetic.ts).
  return { kind: 'pointwise', c: arithmetic === 'c64' ? 3 : 1 };
}
