/** Pieces of a dimension against the formula: every product once, none that meets an inserted zero, whatever is cut. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpatialDimension } from './geometry.ts';
import { cutAt, cutAtPadding, piecesOf, type Piece } from './phases.ts';

const dimensions: fc.Arbitrary<SpatialDimension> = fc
  .record({
    input: fc.integer({ min: 1, max: 12 }),
    kernel: fc.integer({ min: 1, max: 7 }),
    stride: fc.integer({ min: 1, max: 5 }),
    padLow: fc.integer({ min: -6, max: 14 }),
    padHigh: fc.integer({ min: -6, max: 14 }),
    lhsDilation: fc.integer({ min: 1, max: 6 }),
    rhsDilation: fc.integer({ min: 1, max: 6 }),
  })
  .map((fields) => ({ ...fields, output: outputOf(fields) }))
  .filter(({ output }) => output > 0);

function outputOf({ input, kernel, stride, padLow, padHigh, lhsDilation, rhsDilation }: Omit<SpatialDimension, 'output'>): number {
  const padded = (input - 1) * lhsDilation + 1 + padLow + padHigh;
  return Math.floor((padded - (kernel - 1) * rhsDilation - 1) / stride) + 1;
}

/** Products as 'output position, tap: input element', by the formula. */
function expected({ input, kernel, output, stride, padLow, lhsDilation, rhsDilation }: SpatialDimension): string[] {
  const all: string[] = [];
  for (let p = 0; p < output; p++) {
    for (let k = 0; k < kernel; k++) {
      const element = (p * stride + k * rhsDilation - padLow) / lhsDilation;
      if (Number.isInteger(element) && element >= 0 && element < input) all.push(`${p},${k}: ${element}`);
    }
  }
  return all.toSorted();
}

function products(pieces: readonly Piece[], input: number, padding: 'skip' | 'refuse'): string[] {
  const found: string[] = [];
  for (const { start, step, count, origin, xStep, taps, tapStep, wStart, wStep } of pieces) {
    for (let q = 0; q < count; q++) {
      for (let t = 0; t < taps; t++) {
        const element = origin + q * xStep + t * tapStep;
        if (element >= 0 && element < input) found.push(`${start + q * step},${wStart + t * wStep}: ${element}`);
        else if (padding === 'refuse') throw new Error(`output ${start + q * step} meets padding`);
      }
    }
  }
  return found.toSorted();
}

function positions(pieces: readonly Piece[]): number[] {
  return pieces.flatMap(({ start, step, count }) => Array.from({ length: count }, (_, q) => start + q * step)).toSorted((a, b) => a - b);
}

const RUNS = { numRuns: 3000 };

describe('pieces of a dimension', () => {
  test('hold every product once, and integers only', () => {
    fc.assert(
      fc.property(dimensions, (dimension) => {
        const { pieces } = piecesOf(dimension);
        expect(products(pieces, dimension.input, 'skip')).toEqual(expected(dimension));
        expect(pieces.flatMap(Object.values).every(Number.isInteger)).toBe(true);
      }),
      RUNS,
    );
  });

  test('write no position twice, and are complete exactly when they write all', () => {
    fc.assert(
      fc.property(dimensions, (dimension) => {
        const { pieces, complete } = piecesOf(dimension);
        const written = positions(pieces);
        expect(new Set(written).size).toBe(written.length);
        expect(complete).toBe(written.length === dimension.output);
      }),
      RUNS,
    );
  });

  test('reach no further than the outputs do: taps that meet padding alone are gone', () => {
    fc.assert(
      fc.property(dimensions, (dimension) => {
        for (const { origin, count, xStep, taps, tapStep } of piecesOf(dimension).pieces) {
          const span = (count - 1) * xStep;
          expect(origin + span).toBeGreaterThanOrEqual(0);
          expect(origin + (taps - 1) * tapStep).toBeLessThan(dimension.input);
        }
      }),
      RUNS,
    );
  });

  test('of a stride-2 transposed convolution are two, with half the taps each', () => {
    const dimension = { input: 4, kernel: 4, output: 8, stride: 1, padLow: 2, padHigh: 2, lhsDilation: 2, rhsDilation: 1 };
    expect(
      piecesOf(dimension).pieces.map(({ start, step, count, taps, wStart, wStep }) => [start, step, count, taps, wStart, wStep]),
    ).toEqual([
      [0, 2, 4, 2, 0, 2],
      [1, 2, 4, 2, 1, 2],
    ]);
  });

  test('a dilation of a billion costs nothing', () => {
    const dimension = { input: 2, kernel: 2, output: 1e9, stride: 1, padLow: 0, padHigh: 0, lhsDilation: 1e9, rhsDilation: 1 };
    const { pieces, complete } = piecesOf(dimension);
    expect([pieces.length, complete]).toEqual([2, false]);
  });
});

describe('pieces cut at padding', () => {
  test('hold the same products, and never meet padding', () => {
    fc.assert(
      fc.property(dimensions, (dimension) => {
        const { pieces } = piecesOf(dimension);
        const cut = pieces.flatMap((piece) => cutAtPadding(piece, dimension.input, true).pieces);
        expect(products(cut, dimension.input, 'refuse')).toEqual(expected(dimension));
      }),
      RUNS,
    );
  });

  test('say where nothing is left to write', () => {
    fc.assert(
      fc.property(dimensions, (dimension) => {
        for (const piece of piecesOf(dimension).pieces) {
          const { pieces, complete } = cutAtPadding(piece, dimension.input, true);
          expect(complete).toBe(positions(pieces).length === piece.count);
        }
      }),
      RUNS,
    );
  });

  test('only where that saves much, unless always', () => {
    const same = { kernel: 3, output: 14, stride: 1, padHigh: 0, lhsDilation: 1 };
    const [plain] = piecesOf({ ...same, input: 14, padLow: 1, rhsDilation: 1 }).pieces;
    expect(cutAtPadding(plain, 14, false).pieces).toEqual([plain]);
    expect(cutAtPadding(plain, 14, true).pieces.map(({ count, taps }) => [count, taps])).toEqual([
      [1, 2],
      [12, 3],
      [1, 2],
    ]);
    const [atrous] = piecesOf({ ...same, input: 56, output: 56, padLow: 12, rhsDilation: 12 }).pieces;
    expect(cutAtPadding(atrous, 56, false).pieces.map(({ count, taps }) => [count, taps])).toEqual([
      [12, 2],
      [32, 3],
      [12, 2],
    ]);
  });
});

describe('pieces cut at a position', () => {
  test('hold the same products and write the same positions', () => {
    fc.assert(
      fc.property(dimensions, fc.integer({ min: -1, max: 30 }), (dimension, at) => {
        for (const piece of piecesOf(dimension).pieces) {
          const cut = cutAt(piece, at, dimension.input);
          expect(products(cut, dimension.input, 'skip')).toEqual(products([piece], dimension.input, 'skip'));
          expect(positions(cut)).toEqual(positions([piece]));
        }
      }),
      RUNS,
    );
  });

  test('lose the taps that meet padding alone', () => {
    const [atrous] = piecesOf({
      input: 56,
      kernel: 3,
      output: 56,
      stride: 1,
      padLow: 12,
      padHigh: 12,
      lhsDilation: 1,
      rhsDilation: 12,
    }).pieces;
    expect(cutAt(atrous, 48, 56).map(({ count, taps }) => [count, taps])).toEqual([
      [48, 3],
      [8, 2],
    ]);
  });
});
