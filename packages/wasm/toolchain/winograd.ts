/**
 * Winograd's transforms (packages/api/src/problem/winograd.ts), written out for F(2, 3) and F(4, 3) in one and in two dimensions. The
 * products of all tiles at one place of the tile are a matrix product over the features, done by the implicit GEMM.
 */
import { winogradTransforms, type Assignments, type WinogradTransform } from '../../api/src/problem/winograd.ts';

const TRANSFORMS = winogradTransforms({
  scale: (factor, x) => `f32x4.mul(${x}, f32x4.splat(${factor}))`,
  add: (x, y) => `f32x4.add(${x}, ${y})`,
  sub: (x, y) => `f32x4.sub(${x}, ${y})`,
  madd: (sum, factor, x) => `maddF32(${sum}, ${x}, f32x4.splat(${factor}))`,
});

const statements = (assignments: Assignments): string => assignments.map(([name, value]) => `const ${name} = ${value};`).join('\n      ');

const each = (count: number, write: (index: number) => string, separator = '\n'): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(separator);

/** The source of assembly/generated/winograd.ts. */
export function winogradSource(): string {
  return `// Written by toolchain/winograd.ts.
import { WinogradParameters, WinogradWeightsParameters } from './parameters';
import { maddF32 } from '../arithmetic';
import { firstLanes, storeLanes } from '../store-lanes';
import { f32_igemm } from './f32-igemm';

${TRANSFORMS.map((transform) => oneDimension(transform) + twoDimensions(transform)).join('\n')}
`;
}

/** Vectors in a row: loads of d0, d1, …; stores of v0, v1, … */
const loads = (name: string, count: number, address: (index: number) => string): string =>
  each(count, (i) => `const ${name}${i} = v128.load(${address(i)});`, ' ');

/** Stores of y0, y1, … in a row, as many as there are; what is not finite shows in `seen`, which is NaN from then on. */
const stores = (count: number, address: string): string =>
  `const isColumn = firstLanes(lanes);
    ` +
  each(
    count,
    (q) => `${q === 0 ? '' : `if (columns > ${q}) `}{
      storeLanes(${address} + ${q} * yColumn, y${q}, lanes);
      seen = maddF32(seen, v128.and(y${q}, isColumn), f32x4.splat(0));
    }`,
    ' ',
  );

function oneDimension({ outputs: m, inputs: n, ...transform }: WinogradTransform): string {
  const [input, weights, output] = [transform.input, transform.weights, transform.output].map(statements);
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

function output_${m}x1(p: WinogradParameters, source: usize, y: usize, temporary: usize, rows: i32, columns: i32): v128 {
  const plane = p.mPlane, yColumn = p.yColumn;
  let seen = f32x4.splat(0);
  for (let o = 0; o < p.columns; o += 4) {
    ${loads('m', n, (i) => `source + ${i} * plane`)}
    ${output}
    const lanes = p.columns - o;
    ${stores(m, 'y')}
    source += 16;
    y += 16;
  }
  return seen;
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

function twoDimensions({ outputs: m, inputs: n, ...transform }: WinogradTransform): string {
  const [input, weights, output] = [transform.input, transform.weights, transform.output].map(statements);
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

function output_${m}x${m}(p: WinogradParameters, source: usize, y: usize, temporary: usize, rows: i32, columns: i32): v128 {
  const plane = p.mPlane, yRow = p.yRow, yColumn = p.yColumn;
  let seen = f32x4.splat(0);
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
      ${stores(m, 'to')}
      to += yRow;
    }
    source += 16;
    y += 16;
  }
  return seen;
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
  outputs_${name}(changetype<WinogradParameters>(parameters), workspace, ${base('y')}, scratch, workspace, 0, ${whole}, from, to);
}

export function f32_winograd_${name}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<WinogradParameters>(parameters);
  const blocks = (p.tiles + p.blockTiles - 1) / p.blockTiles;
  for (let unit = from; unit < to; unit++) {
    const group = unit / blocks, first = unit % blocks * p.blockTiles, count = min(p.blockTiles, p.tiles - first);
    const gemm = load<usize>(<usize>(p.gemm + 4 * (2 * group + i32(count < p.blockTiles))));
    inputs_${name}(p, workspace + p.x + group * p.xGroup, scratch, scratch, first, count, 0, count * p.xSlices);
    f32_igemm(gemm, scratch, scratch, 0, p.gemmUnits);
    outputs_${name}(p, scratch, workspace + p.y + group * p.yGroup, scratch, workspace, first, count, 0, count * p.ySlices);
  }
}

function inputs_${name}(p: WinogradParameters, x: usize, base: usize, temporary: usize, first: i32, count: i32, from: i32, to: i32): void {
  for (let unit = from; unit < to; unit++) {
    const tile = first + unit % count, slice = unit / count;
    const line = <usize>(p.lines + 20 * (tile / p.tilesX)), place = tile % p.tilesX;
    input_${name}(p, x + load<i32>(line) + place * p.xTile + slice * p.xSlice, base + p.v + unit * p.vTile, temporary);
  }
}

function outputs_${name}(p: WinogradParameters, base: usize, y: usize, temporary: usize, workspace: usize, first: i32, count: i32, from: i32, to: i32): void {
  let seen = f32x4.splat(0);
  for (let unit = from; unit < to; unit++) {
    const tile = first + unit % count, slice = unit / count;
    const line = <usize>(p.lines + 20 * (tile / p.tilesX)), place = tile % p.tilesX;
    const columns = load<i32>(line, 12) - place * ${outputs};
    if (columns <= 0 || slice >= load<i32>(line, 16)) continue;
    seen = v128.or(seen, output_${name}(p, base + p.m + unit * p.mTile, y + load<i32>(line, 4) + place * p.yTile + slice * p.ySlice, temporary, load<i32>(line, 8), columns));
  }
  if (v128.any_true(f32x4.ne(seen, seen))) store<i32>(workspace + p.overflow, 1);
}
`;
}
