/** What an output element reads, as a sentence: what the drawing shows to those who do not see it. */
import type { Reach, Reads } from './reads-of.ts';
import { meetsAll, windowOf } from './reads-of.ts';

/** Of the element at `index`; `letters` name the spatial dimensions. */
export function describeReads(index: readonly number[], reads: Reads, letters: readonly string[]): string {
  const meetings = windowOf(reads).map(meetsAll);
  const count = (what: string): number => meetings.filter((meets) => meets === what).length;
  const elements = count('element');
  const where = elements === 0 ? '' : ` (${reads.along.map((reaches, d) => `${letters[d]} ${rangeOf(reaches)}`).join(', ')})`;
  const features =
    reads.inFeatures === 1 ? `feature ${reads.lhsFeature}` : `features ${reads.lhsFeature} to ${reads.lhsFeature + reads.inFeatures - 1}`;
  const taps = `${meetings.length} ${meetings.length === 1 ? 'tap' : 'taps'}`;
  const parts = [
    `${elements} of ${taps} meet elements of lhs${where}`,
    ...(count('padding') > 0 ? [`${count('padding')} meet padding`] : []),
    ...(count('inserted zero') > 0 ? [`${count('inserted zero')} meet inserted zeros`] : []),
  ];
  return `out[${index.join(', ')}]: ${parts.join(', ')}; of batch ${reads.lhsBatch}, ${features}; rhs of output feature ${reads.rhsFeature}.`;
}

/** '1, 2, 3' or '1 to 5'. */
function rangeOf(reaches: readonly Reach[]): string {
  const inputs = reaches.flatMap(({ input }) => (input === null ? [] : [input])).toSorted((a, b) => a - b);
  const isRun = inputs.length > 2 && inputs.every((input, place) => input === inputs[0] + place);
  return isRun ? `${inputs[0]} to ${inputs[inputs.length - 1]}` : inputs.join(', ');
}
