/** What decides between candidates. */

/** What a run costs, and its share of compiling (Candidate has both). */
interface Priced {
  readonly cost: number;
  readonly compiling: number;
}

/** The cheapest of `offers`, at least one; the first of the reasons where none is more than a reason. */
export function cheapest<Offer extends Priced | string>(offers: readonly Offer[]): Offer {
  return offers.reduce((best, next) => (priceOf(next) < priceOf(best) ? next : best));
}

function priceOf(offer: Priced | string): number {
  return typeof offer === 'string' ? Infinity : offer.cost + offer.compiling;
}
