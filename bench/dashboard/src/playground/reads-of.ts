/** Which elements of lhs and which taps of rhs an element of the result is the sum over, by the problem's geometry. */
import { convGeometry, type ConvProblem, type SpatialDimension } from '@laxconv/api/backend';

/** What a tap meets: an element of lhs, a zero that lhsDilation puts between two, or padding. */
export type Meets = 'element' | 'inserted zero' | 'padding';

/** One tap along one spatial dimension. */
export interface Reach {
  /** Its index along the axis of rhs. */
  readonly tap: number;
  /** Where it falls in the dilated input, whose first element is at 0: below it is padding. */
  readonly at: number;
  /** The index along the axis of lhs; null where it meets no element. */
  readonly input: number | null;
  readonly meets: Meets;
}

/** What an element of the result reads. */
export interface Reads {
  readonly group: number;
  /** Index along the batch axis of lhs. */
  readonly lhsBatch: number;
  /** First index along the feature axis of lhs, of `inFeatures`. */
  readonly lhsFeature: number;
  readonly inFeatures: number;
  /** Index along the output-feature axis of rhs. */
  readonly rhsFeature: number;
  /** For each spatial dimension, in the order of rhsSpec, its taps. */
  readonly along: readonly (readonly Reach[])[];
}

/** A product in the element's sum: indices into lhs and rhs in their own layouts. */
export interface Term {
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
}

/** What the element at `index` (in the layout of the result) reads. */
export function readsOf(problem: ConvProblem, index: readonly number[]): Reads {
  const { groups, batch, inFeatures, outFeatures, spatial } = convGeometry(problem);
  const [outBatch, outFeature, ...position] = problem.outSpec.map((axis) => index[axis]);
  const group = Math.floor(outFeature / outFeatures);
  const isBatchGroup = problem.batchGroupCount > 1;
  return {
    group: groups > 1 ? group : 0,
    lhsBatch: isBatchGroup ? group * batch + outBatch : outBatch,
    lhsFeature: isBatchGroup ? 0 : group * inFeatures,
    inFeatures,
    rhsFeature: outFeature,
    along: spatial.map((dimension, d) => reachesOf(dimension, position[d], problem.windowReversal[d])),
  };
}

function reachesOf({ kernel, stride, padLow, lhsDilation, rhsDilation, input }: SpatialDimension, p: number, isReversed: boolean): Reach[] {
  const end = dilatedSize(input, lhsDilation);
  return Array.from({ length: kernel }, (_, k) => {
    const at = p * stride + k * rhsDilation - padLow;
    const tap = isReversed ? kernel - 1 - k : k;
    if (at < 0 || at >= end) return { tap, at, input: null, meets: 'padding' };
    return at % lhsDilation === 0
      ? { tap, at, input: at / lhsDilation, meets: 'element' }
      : { tap, at, input: null, meets: 'inserted zero' };
  });
}

/** The size of an input with zeros between its elements. */
export function dilatedSize(input: number, lhsDilation: number): number {
  return (input - 1) * lhsDilation + 1;
}

/** What a tap meets that reaches so along its dimensions: padding along one is padding. */
export function meetsAll(reaches: readonly Reach[]): Meets {
  if (reaches.some(({ meets }) => meets === 'padding')) return 'padding';
  return reaches.some(({ meets }) => meets === 'inserted zero') ? 'inserted zero' : 'element';
}

/** Every tap of the window, the last dimension fastest. */
export function windowOf({ along }: Pick<Reads, 'along'>): Reach[][] {
  return along.reduce<Reach[][]>((taps, reaches) => taps.flatMap((tap) => reaches.map((reach) => [...tap, reach])), [[]]);
}

/** The products that the element sums: what meets padding or an inserted zero is none. */
export function termsOf({ lhsSpec, rhsSpec }: ConvProblem, reads: Reads): Term[] {
  return windowOf(reads)
    .filter((reaches) => meetsAll(reaches) === 'element')
    .flatMap((reaches) =>
      Array.from({ length: reads.inFeatures }, (_, feature) => ({
        lhs: placed(lhsSpec, [reads.lhsBatch, reads.lhsFeature + feature, ...reaches.map(({ input }) => input ?? 0)]),
        rhs: placed(rhsSpec, [reads.rhsFeature, feature, ...reaches.map(({ tap }) => tap)]),
      })),
    );
}

/** Canonical positions in the order of a layout. */
function placed(spec: readonly number[], values: readonly number[]): number[] {
  const index = new Array<number>(spec.length).fill(0);
  for (const [canonical, axis] of spec.entries()) index[axis] = values[canonical];
  return index;
}
