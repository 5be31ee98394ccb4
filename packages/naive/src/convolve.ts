/**
 * The convolution:
 *
 *   y[b, o, p] = Σ_{i, k} X̃[b, i, p·stride + k·rhsDilation] · w[o, i, k]     for every group
 *
 * The nest runs over the output positions p, one spatial dimension per level, and narrows the list of terms (i, k) on the way. Below it,
 * all groups, batch elements and output features share that list; only where it starts in lhs and rhs differs.
 */
import { convGeometry, type ConvProblem } from '@laxconv/api/backend';
import { SUM_OF_PRODUCTS, type Arithmetic, type Elements } from './arithmetic.ts';
import { allocateTerms, extendTerms } from './terms.ts';

/** Fills y with the convolution of x and w, all of them in one arithmetic and in the problem's layouts. */
export type Convolve<A extends Arithmetic> = (x: Elements<A>, w: Elements<A>, y: Elements<A>) => void;

/** The loops for `problem`. What they need is allocated here, once; calls allocate nothing, and never overlap since they are synchronous. */
export function convolution<A extends Arithmetic>(problem: ConvProblem, arithmetic: A): Convolve<A> {
  const geometry = convGeometry(problem);
  const { groups, batch, outFeatures, spatial, lhs, rhs, out } = geometry;
  const terms = allocateTerms(geometry);
  const sumOfProducts = SUM_OF_PRODUCTS[arithmetic];

  const visit = (dimension: number, outAt: number, x: Elements<A>, w: Elements<A>, y: Elements<A>): void => {
    if (dimension < spatial.length) {
      for (let p = 0; p < spatial[dimension].output; p++) {
        extendTerms(terms[dimension], terms[dimension + 1], spatial[dimension], lhs.spatial[dimension], rhs.spatial[dimension], p);
        visit(dimension + 1, outAt + p * out.spatial[dimension], x, w, y);
      }
      return;
    }
    for (let g = 0; g < groups; g++) {
      for (let b = 0; b < batch; b++) {
        for (let o = 0; o < outFeatures; o++) {
          const xAt = lhs.offset + g * lhs.group + b * lhs.outer;
          const wAt = rhs.offset + g * rhs.group + o * rhs.outer;
          const yAt = outAt + g * out.group + b * out.outer + o * out.inner;
          sumOfProducts(terms[dimension], x, xAt, w, wAt, y, yAt);
        }
      }
    }
  };
  return (x, w, y) => visit(0, out.offset, x, w, y);
}
