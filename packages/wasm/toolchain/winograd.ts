/**
 * Winograd's transforms, written out for F(2, 3) and F(4, 3) in one and in two dimensions.
 *
 *   y = Aᵀ [(G w) ∘ (Bᵀ x)]        in two dimensions on both sides: Aᵀ [(G w Gᵀ) ∘ (Bᵀ x B)] A
 *
 * A tile of m outputs takes n = m + 2 inputs and n products instead of 3·m. The products of all tiles at one place of the tile are a
 * matrix product over the features, done by the implicit GEMM. The points of F(4, 3) are 0, ±3/2, ±2/3 and ∞: a product and an addition
 * cost the same wherever the points lie, and at these the largest amplification of an error is 12.3 per dimension, at the usual
 * 0, ±1, ±2, ∞ it is 29.3 (docs/numerics.md).
 */

/** One of Winograd's algorithms, by its transforms of named vectors. */
interface Transform {
  /** Outputs of a tile. */
  readonly outputs: 2 | 4;
  /** Inputs of a tile. */
  readonly inputs: 4 | 6;
  /** Statements that set v0 … from d0 … */
  readonly input: string;
  /** Statements that set u0 … from g0, g1, g2. */
  readonly weights: string;
  /** Statements that set y0 … from m0 … */
  readonly output: string;
}

const A = 3 / 2;
const B = 2 / 3;
const scale = (factor: number, x: string): string => `f32x4.mul(${x}, f32x4.splat(${factor}))`;
const add = (x: string, y: string): string => `f32x4.add(${x}, ${y})`;
const sub = (x: string, y: string): string => `f32x4.sub(${x}, ${y})`;
const madd = (acc: string, factor: number, x: string): string => `maddF32(${acc}, ${x}, f32x4.splat(${factor}))`;

/** G's rows: (1, p, p²) divided by the product of the distances to the other points. */
const byPoint = (point: number, other: number): readonly number[] => {
  const divisor = 2 * point * point * (point * point - other * other);
  return [1 / divisor, point / divisor, (point * point) / divisor];
};
const [a0, a1, a2] = byPoint(A, B);
const [b0, b1, b2] = byPoint(B, A);

const TRANSFORMS: readonly Transform[] = [
  {
    outputs: 2,
    inputs: 4,
    input: `const v0 = ${sub('d0', 'd2')}, v1 = ${add('d1', 'd2')}, v2 = ${sub('d2', 'd1')}, v3 = ${sub('d1', 'd3')};`,
    weights: `const e = ${scale(0.5, add('g0', 'g2'))}, o = ${scale(0.5, 'g1')};
      const u0 = g0, u1 = ${add('e', 'o')}, u2 = ${sub('e', 'o')}, u3 = g2;`,
    output: `const y0 = ${add('m0', add('m1', 'm2'))}, y1 = ${sub(sub('m1', 'm2'), 'm3')};`,
  },
  {
    outputs: 4,
    inputs: 6,
    // a²·b² = 1, a·b² = b and b·a² = a.
    input: `const ea = ${madd('d4', -B * B, 'd2')}, oa = ${madd(scale(A, 'd3'), -B, 'd1')};
      const eb = ${madd('d4', -A * A, 'd2')}, ob = ${madd(scale(B, 'd3'), -A, 'd1')};
      const v0 = ${madd(add('d0', 'd4'), -A * A - B * B, 'd2')}, v5 = ${madd(add('d1', 'd5'), -A * A - B * B, 'd3')};
      const v1 = ${add('ea', 'oa')}, v2 = ${sub('ea', 'oa')}, v3 = ${add('eb', 'ob')}, v4 = ${sub('eb', 'ob')};`,
    weights: `const ea = ${madd(scale(a0, 'g0'), a2, 'g2')}, oa = ${scale(a1, 'g1')};
      const eb = ${madd(scale(b0, 'g0'), b2, 'g2')}, ob = ${scale(b1, 'g1')};
      const u0 = g0, u1 = ${add('ea', 'oa')}, u2 = ${sub('ea', 'oa')}, u3 = ${add('eb', 'ob')}, u4 = ${sub('eb', 'ob')}, u5 = g2;`,
    output: `const sa = ${add('m1', 'm2')}, da = ${sub('m1', 'm2')}, sb = ${add('m3', 'm4')}, db = ${sub('m3', 'm4')};
      const y0 = ${add('m0', add('sa', 'sb'))}, y1 = ${madd(scale(A, 'da'), B, 'db')};
      const y2 = ${madd(scale(A * A, 'sa'), B * B, 'sb')}, y3 = ${madd(madd('m5', A ** 3, 'da'), B ** 3, 'db')};`,
  },
];

const each = (count: number, write: (index: number) => string, separator = '\n'): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(separator);

/** The source of assembly/generated/winograd.ts. */
export function winogradSource(): string {
  return `// Written by toolchain/winograd.ts.
import { WinogradParameters, WinogradWeightsParameters } from './parameters';
import { maddF32 } from '../arithmetic';
import { storeLanes } from '../store-lanes';
import { f32_igemm } from './f32-igemm';

${TRANSFORMS.map((transform) => oneDimension(transform) + twoDimensions(transform)).join('\n')}
`;
}

/** Vectors in a row: loads of d0, d1, …; stores of v0, v1, … */
const loads = (name: string, count: number, address: (index: number) => string): string =>
  each(count, (i) => `const ${name}${i} = v128.load(${address(i)});`, ' ');

function oneDimension({ outputs: m, inputs: n, input, weights, output }: Transform): string {
  return `
function input_${m}x1(p: WinogradParameters, x: usize, v: usize, temporary: usize): void {
  const xColumn = p.xColumn, plane = p.vPlane;
  for (let c = 0; c < p.features; c += 4) {
    ${loads('d', n, (i) => `x + ${i} * xColumn`)}
    ${input}
    ${each(n, (i) => `v128.store(v + ${i} * plane, v${i});`, ' ')}
    x += 16;
    v += 16;
  }
}

function output_${m}x1(p: WinogradParameters, source: usize, y: usize, temporary: usize, rows: i32, columns: i32): void {
  const plane = p.mPlane, yColumn = p.yColumn;
  for (let o = 0; o < p.columns; o += 4) {
    ${loads('m', n, (i) => `source + ${i} * plane`)}
    ${output}
    const lanes = p.columns - o;
    storeLanes(y, y0, lanes);
    ${each(m - 1, (q) => `if (columns > ${q + 1}) storeLanes(y + ${q + 1} * yColumn, y${q + 1}, lanes);`, ' ')}
    source += 16;
    y += 16;
  }
}
${weightsKernel(
  `${m}x1`,
  3,
  `${loads('g', 3, (i) => `source + ${i} * tap`)}
      ${weights}
      ${each(n, (i) => `v128.store(target + ${i} * plane, u${i});`, ' ')}`,
)}
${kernels(`${m}x1`, m)}`;
}

function twoDimensions({ outputs: m, inputs: n, input, weights, output }: Transform): string {
  return `
function input_${m}x${m}(p: WinogradParameters, x: usize, v: usize, temporary: usize): void {
  const xRow = p.xRow, xColumn = p.xColumn, plane = p.vPlane;
  for (let c = 0; c < p.features; c += 4) {
    let from = x;
    for (let column = 0; column < ${n}; column++) {
      ${loads('d', n, (i) => `from + ${i} * xRow`)}
      ${input}
      ${each(n, (i) => `v128.store(temporary + 16 * column, v${i}, ${16 * n * i});`, ' ')}
      from += xColumn;
    }
    let to = v;
    for (let row = 0; row < ${n}; row++) {
      ${loads('d', n, (i) => `temporary + ${16 * n} * row, ${16 * i}`)}
      ${input}
      ${each(n, (i) => `v128.store(to + ${i} * plane, v${i});`, ' ')}
      to += ${n} * plane;
    }
    x += 16;
    v += 16;
  }
}

function output_${m}x${m}(p: WinogradParameters, source: usize, y: usize, temporary: usize, rows: i32, columns: i32): void {
  const plane = p.mPlane, yRow = p.yRow, yColumn = p.yColumn;
  for (let o = 0; o < p.columns; o += 4) {
    let from = source;
    for (let column = 0; column < ${n}; column++) {
      ${loads('m', n, (i) => `from + ${n * i} * plane`)}
      ${output}
      ${each(m, (q) => `v128.store(temporary + 16 * column, y${q}, ${16 * n * q});`, ' ')}
      from += plane;
    }
    const lanes = p.columns - o;
    let to = y;
    for (let row = 0; row < rows; row++) {
      ${loads('m', n, (i) => `temporary + ${16 * n} * row, ${16 * i}`)}
      ${output}
      storeLanes(to, y0, lanes);
      ${each(m - 1, (q) => `if (columns > ${q + 1}) storeLanes(to + ${q + 1} * yColumn, y${q + 1}, lanes);`, ' ')}
      to += yRow;
    }
    source += 16;
    y += 16;
  }
}
${weightsKernel(
  `${m}x${m}`,
  9,
  `${each(
    3,
    (row) => `{
        ${loads('g', 3, (i) => `source + ${3 * row + i} * tap`)}
        ${weights}
        ${each(n, (i) => `v128.store(temporary, u${i}, ${16 * (n * row + i)});`, ' ')}
      }`,
  )}
      for (let column = 0; column < ${n}; column++) {
        ${loads('g', 3, (i) => `temporary + 16 * column, ${16 * n * i}`)}
        ${weights}
        ${each(n, (i) => `v128.store(target + (column + ${n * i}) * plane, u${i});`, ' ')}
      }`,
)}
${kernels(`${m}x${m}`, m)}`;
}

/** Panels of weights, tap by tap, into panels for each place of a tile. A unit is one panel. */
function weightsKernel(name: string, taps: number, body: string): string {
  return `
export function f32_winograd_weights_${name}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<WinogradWeightsParameters>(parameters);
  const plane = p.plane, temporary = <usize>p.scratch;
  for (let panel = from; panel < to; panel++) {
    const width = panel == p.panels - 1 ? p.lastWidth : p.width;
    const tap = <usize>(p.features * width * 4);
    let source = <usize>(p.source + panel * p.features * p.width * ${4 * taps});
    let target = <usize>(p.target + panel * p.panelBytes) + <usize>p.part * tap;
    for (let i = 0; i < p.features * width; i += 4) {
      ${body}
      source += 16;
      target += 16;
    }
  }
}
`;
}

/**
 * What runs: the transforms by themselves, with a whole transformed tensor between them, or a block of tiles at a time from input to
 * output, so that the transforms stay in L2. A unit is a tile of a slice, or a block of tiles of one group. In V and M the tiles of a block
 * lie side by side, slice after slice, so that the taps of a dimension that is not transformed are segments of the GEMM's reduction.
 */
function kernels(name: string, outputs: number): string {
  const base = (side: string): string => `workspace + changetype<WinogradParameters>(parameters).${side}`;
  const whole = 'changetype<WinogradParameters>(parameters).tiles';
  return `
export function f32_winograd_input_${name}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  inputs_${name}(changetype<WinogradParameters>(parameters), ${base('x')}, workspace, scratch, 0, ${whole}, from, to);
}

export function f32_winograd_output_${name}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  outputs_${name}(changetype<WinogradParameters>(parameters), workspace, ${base('y')}, scratch, 0, ${whole}, from, to);
}

export function f32_winograd_${name}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<WinogradParameters>(parameters);
  const blocks = (p.tiles + p.blockTiles - 1) / p.blockTiles;
  for (let unit = from; unit < to; unit++) {
    const group = unit / blocks, first = unit % blocks * p.blockTiles, count = min(p.blockTiles, p.tiles - first);
    const gemm = load<usize>(<usize>(p.gemm + 4 * (2 * group + i32(count < p.blockTiles))));
    inputs_${name}(p, workspace + p.x + group * p.xGroup, scratch, scratch, first, count, 0, count * p.xSlices);
    f32_igemm(gemm, scratch, scratch, 0, p.gemmUnits);
    outputs_${name}(p, scratch, workspace + p.y + group * p.yGroup, scratch, first, count, 0, count * p.ySlices);
  }
}

function inputs_${name}(p: WinogradParameters, x: usize, base: usize, temporary: usize, first: i32, count: i32, from: i32, to: i32): void {
  for (let unit = from; unit < to; unit++) {
    const tile = first + unit % count, slice = unit / count;
    const line = <usize>(p.lines + 20 * (tile / p.tilesX)), place = tile % p.tilesX;
    input_${name}(p, x + load<i32>(line) + place * p.xTile + slice * p.xSlice, base + p.v + unit * p.vTile, temporary);
  }
}

function outputs_${name}(p: WinogradParameters, base: usize, y: usize, temporary: usize, first: i32, count: i32, from: i32, to: i32): void {
  for (let unit = from; unit < to; unit++) {
    const tile = first + unit % count, slice = unit / count;
    const line = <usize>(p.lines + 20 * (tile / p.tilesX)), place = tile % p.tilesX;
    const columns = load<i32>(line, 12) - place * ${outputs};
    if (columns <= 0 || slice >= load<i32>(line, 16)) continue;
    output_${name}(p, base + p.m + unit * p.mTile, y + load<i32>(line, 4) + place * p.yTile + slice * p.ySlice, temporary, load<i32>(line, 8), columns);
  }
}
`;
}
