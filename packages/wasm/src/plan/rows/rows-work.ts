/**
 * What the line kernels have to do for a problem: parts, each of which reads its own layout of lhs. Either all of lhs is copied once,
 * with its padding; or lhs is read where it lies, the outputs whose windows reach beyond it are cut off, and only the strips at both
 * ends of a line are copied (above and below, windows are cut to the taps that meet lhs).
 */
import { cutAtPadding, edgesOf, piecesOf, type Piece, type Pieces } from '@laxconv/api/backend';
import { lineAsItCame, lineCopy, type LineOperand } from '../../layout/line-operand.ts';
import { lineResult, type LineResult } from '../../layout/line-result.ts';
import { combinations, reachOf, type LoweredConv, type Phase, type Span } from '../../lower/lower.ts';

/** Phases that read one layout of lhs. */
export interface RowsPart {
  readonly operand: LineOperand;
  readonly phases: readonly Phase[];
}

/** All parts of a problem, vectorised along dimension `line`. */
export interface RowsWork {
  readonly line: number;
  readonly parts: readonly RowsPart[];
  readonly result: LineResult;
  /** False where some output sums nothing. */
  readonly complete: boolean;
}

/** More steps than this, and longer tables of lines and taps, are not worth it. */
const MOST_PHASES = 256;
const MOST_ENTRIES = 2 ** 18;

/** The ways to work along dimension `line`, with vectors of `outputs` outputs. */
export function rowsWorks(lowered: LoweredConv, line: number, outputs: number): RowsWork[] {
  const { spatial, batch, reductionLength } = lowered.geometry;
  const lines = spatial.reduce((product, { output }, d) => (d === line ? product : product * output), batch);
  if (lines > MOST_ENTRIES || reductionLength > MOST_ENTRIES) return [];
  const whole = spatial.map(piecesOf);
  const pieces = whole[line].pieces;
  if (pieces.length === 0 || whole.some((dimension) => dimension.pieces.length === 0)) return [];
  // Sums are copied part by part where phases write every `step`-th of them.
  if (Math.min(pieces[0].step, spatial[line].output) > MOST_PHASES) return [];
  const result = lineResult(lowered, line, pieces[0].step);
  // The copy has a part for every element between one output's and the next one's.
  const works = pieces[0].xStep > MOST_PHASES ? [] : [copied(lowered, line, whole, result)];
  const inPlace = readInPlace(lowered, line, whole, outputs, result);
  return inPlace === null ? works : [inPlace, ...works];
}

function copied(lowered: LoweredConv, line: number, whole: readonly Pieces[], result: LineResult): RowsWork {
  const windows = whole.map(({ pieces }) => reachOf(pieces));
  const operand = lineCopy(lowered, windows, line, whole[line].pieces[0].xStep);
  const phases = combinations(whole.map(({ pieces }) => pieces));
  return { line, parts: [{ operand, phases }], result, complete: whole.every(({ complete }) => complete) };
}

function readInPlace(lowered: LoweredConv, line: number, whole: readonly Pieces[], outputs: number, result: LineResult): RowsWork | null {
  const { spatial } = lowered.geometry;
  const operand = lineAsItCame(lowered, line);
  if (operand === null || whole[line].pieces.some(({ xStep }) => xStep !== 1)) return null;
  // There may be a piece for every tap.
  if (spatial.some(({ kernel }, d) => d !== line && kernel > MOST_PHASES)) return null;
  const cut = whole.map(({ pieces, complete }, d) => {
    if (d === line) return { pieces, complete };
    const cuts = pieces.map((piece) => cutAtPadding(piece, spatial[d].input, true));
    return { pieces: cuts.flatMap((each) => each.pieces), complete: complete && cuts.every((each) => each.complete) };
  });
  const others = cut.map(({ pieces }) => pieces);
  const along = (piece: Piece): Phase[] => combinations(others.map((list, d) => (d === line ? [piece] : list)));
  const parts: RowsPart[] = [];
  const strip = (piece: Piece | null): void => {
    if (piece === null) return;
    const windows: Span[] = others.map((list, d) => reachOf(d === line ? [piece] : list));
    parts.push({ operand: lineCopy(lowered, windows, line, 1), phases: along(piece) });
  };
  const inside: Phase[] = [];
  for (const piece of whole[line].pieces) {
    const edges = edgesOf(piece, spatial[line].input, outputs);
    if (edges.inside === null) return null;
    inside.push(...along(edges.inside));
    strip(edges.before);
    strip(edges.behind);
  }
  parts.unshift({ operand, phases: inside });
  const isReasonable = parts.reduce((sum, { phases }) => sum + phases.length, 0) <= MOST_PHASES;
  return isReasonable ? { line, parts, result, complete: cut.every(({ complete }) => complete) } : null;
}
