/**
 * The terms of one output position's sum: which input element meets which kernel element. Only real elements are listed. Padding and the
 * holes of lhs dilation are zeros that are never read, so an infinity in the kernel does not become NaN there (as XLA on the CPU).
 */
import { allocate, type ConvGeometry, type SpatialDimension } from '@laxconv/api/backend';

/** Pairs (lhs[t], rhs[t]) of element offsets, for t < count. */
export interface Terms {
  count: number;
  readonly lhs: Int32Array;
  readonly rhs: Int32Array;
}

/** Room for the terms over the features and the first 0, 1, … all spatial dimensions. The first entry, the features, is filled. */
export function allocateTerms({ inFeatures, spatial, lhs, rhs }: ConvGeometry): Terms[] {
  let capacity = inFeatures;
  const features = emptyTerms(capacity);
  for (let i = 0; i < inFeatures; i++) append(features, i * lhs.inner, i * rhs.inner);
  return [features, ...spatial.map(({ kernel }) => emptyTerms((capacity *= kernel)))];
}

function emptyTerms(capacity: number): Terms {
  return { count: 0, lhs: allocate('int32', capacity), rhs: allocate('int32', capacity) };
}

function append(terms: Terms, lhs: number, rhs: number): void {
  terms.lhs[terms.count] = lhs;
  terms.rhs[terms.count] = rhs;
  terms.count += 1;
}

/**
 * Adds one spatial dimension: `to` becomes `from` × the kernel positions k that meet an input element when the output stands at `position`.
 * Position k reads the dilated, padded input at position·stride + k·rhsDilation.
 */
export function extendTerms(
  from: Terms,
  to: Terms,
  dimension: SpatialDimension,
  lhsStride: number,
  rhsStride: number,
  position: number,
): void {
  const { input, kernel, stride, padLow, lhsDilation, rhsDilation } = dimension;
  to.count = 0;
  for (let k = 0; k < kernel; k++) {
    const dilated = position * stride + k * rhsDilation - padLow;
    if (dilated % lhsDilation !== 0) continue; // a hole between two elements
    const at = dilated / lhsDilation;
    if (at < 0 || at >= input) continue; // padding
    for (let t = 0; t < from.count; t++) append(to, from.lhs[t] + at * lhsStride, from.rhs[t] + k * rhsStride);
  }
}
