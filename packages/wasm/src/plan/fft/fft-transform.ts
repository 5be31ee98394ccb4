/** The transform of a tile as tables in memory: its passes over points, and the last one across lanes. */
import type { OwnedMemory } from '../../memory/owned-memory.ts';
import { factorsOf, frequencies, radicesOf, roots } from './fft-passes.ts';
import type { FftPhase } from './fft.ts';

/** As in assembly/fft/tile.ts: a vector of real and one of imaginary parts. */
const POINT = 32;

/** A transform in memory. */
export interface FftTransform {
  /** Address of its parameter block. */
  readonly address: number;
  readonly tileBytes: number;
  /** What an inverse after a transform multiplies by. */
  readonly points: number;
  /** Per axis, bytes of a tile from one position to the next (of the innermost: from one point to the next). */
  readonly rowBytes: readonly number[];
  /** Lanes are neighbours along a dimension with one tap, and need no transform: all meet the same weights. */
  readonly isUniform: boolean;
}

/** Writes the tables of a phase's transform. */
export function fftTransform({ axes, tile, sizes }: FftPhase, bytes: number, memory: OwnedMemory): FftTransform {
  const along = tile.lengths.map((length, d) => (d === tile.lengths.length - 1 ? length / sizes.lanes : length));
  const rowBytes: number[] = [];
  const words: number[] = [];
  const tables = new Map<string, number>();
  let blockBytes = along.reduce((product, length) => product * length, POINT);
  const tileBytes = blockBytes;
  for (const length of along) {
    const inner = blockBytes / length;
    const root = roots(length);
    for (const radix of radicesOf(length) ?? []) {
      const block = blockBytes / inner;
      const key = `${length}/${block}/${radix}`;
      const factors = tables.get(key) ?? memory.reals(bytes, factorsOf(radix, block, length, root));
      tables.set(key, factors);
      words.push(radix, blockBytes / radix, inner, factors);
      blockBytes /= radix;
    }
    rowBytes.push(inner);
  }
  const isUniform = axes.at(-1)?.taps === 1;
  const lanes = isUniform ? new Float64Array() : laneFactors(along.at(-1) ?? 1, sizes.lanes);
  const passes = memory.words(words);
  const lanesAt = isUniform ? 0 : memory.reals(bytes, lanes);
  const passesEnd = passes + 4 * words.length;
  const address = memory.parameters('FftTransform', {
    bytes: tileBytes,
    passes,
    passesEnd,
    lanes: lanesAt,
    lanesEnd: lanesAt + bytes * lanes.length,
  });
  return { address, tileBytes, points: (tileBytes / POINT) * (isUniform ? 1 : sizes.lanes), rowBytes, isUniform };
}

/** What turns the lanes of each of `points` points: exp(−2πi·lane·k/(points·lanes)), k the frequency that the passes leave there. */
function laneFactors(points: number, lanes: number): Float64Array {
  const root = roots(points * lanes);
  const values = new Float64Array(2 * points * lanes);
  let at = 0;
  for (const k of frequencies(radicesOf(points) ?? [])) {
    for (const component of [0, 1]) for (let lane = 0; lane < lanes; lane++) values[at++] = root[2 * k * lane + component];
  }
  return values;
}
