/**
 * What a Fourier transform needs of a phase: stride 1 and neighbouring taps. A tap step of d is d convolutions of every d-th element,
 * each with its own outputs; a stride of s is s features, each with every s-th element and tap.
 */
import { gcd, piecesOf, type Piece, type SpatialDimension } from '@laxconv/api/backend';

/** One spatial dimension of a dense convolution. */
export interface FftAxis {
  /** The spatial dimension it comes from. */
  readonly dimension: number;
  readonly input: number;
  /** Output positions start + step·q for q < count. */
  readonly start: number;
  readonly step: number;
  readonly count: number;
  /** Output q, tap t and shift r meet input element first + elementStep·(shifts·(q + t) + r). */
  readonly first: number;
  readonly elementStep: number;
  readonly shifts: number;
  /** Taps of shift 0; of shift r those with shifts·t + r below `weights`. */
  readonly taps: number;
  /** Tap t of shift r is weight wStart + wStep·(shifts·t + r). */
  readonly weights: number;
  readonly wStart: number;
  readonly wStep: number;
}

/** More convolutions, or features for one, than this are not worth their transforms. */
const MOST = 64;

/** The dense convolutions that a spatial dimension falls apart into, and whether they cover every output position; null where they are too many. */
export function fftAxes(
  spatial: SpatialDimension,
  dimension: number,
): { readonly axes: readonly FftAxis[]; readonly complete: boolean } | null {
  if (Math.min(spatial.kernel, spatial.lhsDilation) > MOST) return null;
  const { pieces, complete } = piecesOf(spatial);
  const axes: FftAxis[] = [];
  for (const piece of pieces) {
    const found = axesOf(piece, spatial.input, dimension);
    if (found === null || axes.length + found.length > MOST) return null;
    axes.push(...found);
  }
  return { axes, complete };
}

function axesOf(piece: Piece, input: number, dimension: number): FftAxis[] | null {
  const shared = gcd(piece.xStep, piece.tapStep);
  const shifts = piece.taps === 1 ? 1 : piece.xStep / shared;
  // A single tap meets elements xStep apart, whatever its own step.
  const residues = piece.taps === 1 ? 1 : piece.tapStep / shared;
  const elementStep = piece.taps === 1 ? piece.xStep : shared * residues;
  if (residues > MOST || shifts > MOST) return null;
  return Array.from({ length: Math.min(residues, piece.count) }, (_, residue) => ({
    dimension,
    input,
    start: piece.start + residue * piece.step,
    step: piece.step * residues,
    count: Math.ceil((piece.count - residue) / residues),
    first: piece.origin + residue * piece.xStep,
    elementStep,
    shifts,
    taps: Math.ceil(piece.taps / shifts),
    weights: piece.taps,
    wStart: piece.wStart,
    wStep: piece.wStep,
  }));
}
