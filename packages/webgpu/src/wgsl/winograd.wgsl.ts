/**
 * Winograd's transforms (@laxconv/api/backend has their matrices) around an implicit GEMM. Transformed tiles lie as
 * [place of the tile × group][slice][tile][feature], so that each place is a matrix product over the features.
 *
 * A tile is `outputs` positions in each of `tiled` dimensions, 1 or 2. Where taps are further apart than positions, those that agree modulo
 * `classes` are a convolution of their own, and a tile lies in one class.
 */
import { winogradTransforms, type Assignments } from '@laxconv/api/backend';
import { DIVISION_WGSL, each, parametersWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';

export const WINOGRAD_GROUP = 64;

/** F(`outputs`, 3) in `tiled` dimensions, with `slices` loops around the tiles. */
export interface WinogradShape {
  readonly outputs: 2 | 4;
  readonly tiled: 1 | 2;
  readonly slices: number;
}

const [TWO, FOUR] = winogradTransforms({
  add: (x, y) => `(${x} + ${y})`,
  sub: (x, y) => `(${x} - ${y})`,
  scale: (factor, x) => `(${factor} * ${x})`,
  madd: (sum, factor, x) => (factor < 0 ? `(${sum} - ${-factor} * ${x})` : `(${sum} + ${factor} * ${x})`),
});

const TILED = ['tiles', 'classes', 'origin', 'step', 'tapStep', 'size', 'stride'];

/** Of the transforms of lhs and of the result: `size` counts input elements there, output positions here, and so does `stride`. */
export function winogradParameters({ tiled, slices }: WinogradShape): ParameterNames {
  return [
    'total',
    'features',
    'vectorFeatures',
    'offset',
    'group',
    'feature',
    'place',
    'planeGroup',
    ...Array.from({ length: tiled }, (_, d) => TILED.map((name) => `${name}${d}`)).flat(),
    ...Array.from({ length: slices }, (_, s) => [`sliceCount${s}`, `sliceStride${s}`]).flat(),
  ];
}

/** A function of the transform that `assignments` write: from `inputs` values to an array of `outputs`. */
function functionOf(name: string, assignments: Assignments, from: string, inputs: number, to: string, outputs: number): string {
  return `fn ${name}(${each(inputs, (i) => `${from}${i}: f32`, ', ')}) -> array<f32, ${outputs}> {
${assignments.map(([variable, value]) => `  let ${variable} = ${value};`).join('\n')}
  return array(${each(outputs, (i) => `${to}${i}`, ', ')});
}
`;
}

/** `transform` of a tile of `inputs` by `inputs` values named `value`: the results are r<row>[column] by `outputs`. */
function both(inputs: number, outputs: number, value: (row: number, column: number) => string): string {
  return `${each(inputs, (column) => `let c${column} = transform(${each(inputs, (row) => value(row, column), ', ')});`, '\n    ')}
    ${each(outputs, (row) => `let r${row} = transform(${each(inputs, (column) => `c${column}[${row}]`, ', ')});`, '\n    ')}`;
}

/** What `at` names: a feature, a tile, and the positions of the loops around. */
function decode({ tiled, slices }: WinogradShape): string {
  const loops = [
    ...Array.from({ length: tiled }, (_, d) => [`tile${d}`, `tiles${d}`]),
    ...Array.from({ length: slices }, (_, s) => [`slice${s}`, `sliceCount${s}`]),
  ];
  // Tiles are the inner loops, the last dimension the innermost.
  const inner = [...loops.slice(0, tiled).toReversed(), ...loops.slice(tiled).toReversed()];
  const parts = [['feature', 'params.vectorFeatures'] as const, ...inner.map(([name, count]) => [name, `params.${count}`] as const)];
  return `var rest = at;
    ${splitWgsl('rest', parts, '    ')}`;
}

function main(body: string): string {
  return `${DIVISION_WGSL}
@compute @workgroup_size(${WINOGRAD_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  let group = i32(id.z);
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${WINOGRAD_GROUP}) {
    ${body}
  }
}
`;
}

/** lhs, transformed tiles, parameters. An invocation transforms one feature of one tile. */
export function winogradInputWgsl(shape: WinogradShape): string {
  const { outputs: m, tiled, slices } = shape;
  const { input, inputs: n } = m === 2 ? TWO : FOUR;
  const elements = each(
    tiled,
    (d) => `let class${d} = split(tile${d}, params.classes${d});
    let first${d} = params.origin${d} + (class${d}.y + class${d}.x * ${m} * params.classes${d}) * params.step${d};
    ${each(n, (i) => `let e${d}_${i} = first${d} + ${i} * params.tapStep${d}; let in${d}_${i} = feature < params.features && u32(e${d}_${i}) < u32(params.size${d});`, '\n    ')}`,
    '\n    ',
  );
  const base = `let base = params.offset + group * params.group + feature * params.feature${each(slices, (s) => ` + slice${s} * params.sliceStride${s}`, '')};`;
  const one = (i: number): string => `select(0f, lhs[base + e0_${i} * params.stride0], in0_${i})`;
  const two = (i: number, j: number): string =>
    `select(0f, lhs[base + e0_${i} * params.stride0 + e1_${j} * params.stride1], in0_${i} && in1_${j})`;
  const transformed =
    tiled === 1
      ? `let r0 = transform(${each(n, one, ', ')});
    ${each(n, (i) => `tiles[place0 + ${i} * params.place] = r0[${i}];`, '\n    ')}`
      : `${both(n, n, two)}
    ${each(n * n, (i) => `tiles[place0 + ${i} * params.place] = r${Math.floor(i / n)}[${i % n}];`, '\n    ')}`;
  return `@group(0) @binding(0) var<storage, read> lhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> tiles: array<f32>;
${parametersWgsl(winogradParameters(shape), 2)}

${functionOf('transform', input, 'd', n, 'v', n)}
${main(`${decode(shape)}
    ${elements}
    ${base}
    let place0 = at + group * params.planeGroup;
    ${transformed}`)}`;
}

/** Products, result, parameters. An invocation transforms one feature of one tile back. */
export function winogradOutputWgsl(shape: WinogradShape): string {
  const { outputs: m, tiled, slices } = shape;
  const { output, inputs: n } = m === 2 ? TWO : FOUR;
  const positions = each(
    tiled,
    (d) => `let class${d} = split(tile${d}, params.classes${d}); let q${d} = class${d}.y + class${d}.x * ${m} * params.classes${d};`,
    '\n    ',
  );
  const base = `let base = params.offset + group * params.group + feature * params.feature${each(slices, (s) => ` + slice${s} * params.sliceStride${s}`, '')};`;
  const place = (i: number): string => `products[place0 + ${i} * params.place]`;
  const at = (d: number, i: number): string => `(q${d} + ${i} * params.classes${d})`;
  const store = (i: number, j: number): string =>
    tiled === 1
      ? `if (${at(0, j)} < params.size0) { result[base + ${at(0, j)} * params.stride0] = r0[${j}]; }`
      : `if (${at(0, i)} < params.size0 && ${at(1, j)} < params.size1) { result[base + ${at(0, i)} * params.stride0 + ${at(1, j)} * params.stride1] = r${i}[${j}]; }`;
  return `@group(0) @binding(0) var<storage, read> products: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
${parametersWgsl(winogradParameters(shape), 2)}

${functionOf('transform', output, 'm', n, 'y', m)}
${main(`${decode(shape)}
    if (feature >= params.features) { continue; }
    ${positions}
    ${base}
    let place0 = at + group * params.planeGroup;
    ${tiled === 1 ? `let r0 = transform(${each(n, place, ', ')});` : both(n, m, (row, column) => place(row * n + column))}
    ${each(tiled === 1 ? 1 : m, (i) => each(m, (j) => store(i, j), '\n    '), '\n    ')}`)}`;
}

/** Of the transform of the weights into panels (pack-panels.wgsl.ts), `rank` loops of taps that are not transformed. */
export function winogradWeightsParameters(rank: number): ParameterNames {
  return [
    'total',
    'outFeatures',
    'panels',
    'segment',
    'vectors',
    'groupElements',
    'place',
    'wFeature',
    'wOffset',
    'wGroup',
    'wColumn',
    'wTiled0',
    'wTiled1',
    ...Array.from({ length: rank }, (_, d) => [`taps${d}`, `wStride${d}`]).flat(),
  ];
}

/** rhs, panels, parameters. An invocation transforms one kernel: of one feature to one feature. */
export function winogradWeightsWgsl({ outputs, tiled }: WinogradShape, rank: number, columns: number): string {
  const { weights, inputs: n } = outputs === 2 ? TWO : FOUR;
  const weight = (i: number, j: number): string => `select(0f, rhs[origin + ${i} * params.wTiled0 + ${j} * params.wTiled1], inside)`;
  const transformed =
    tiled === 1
      ? `let r0 = transform(${each(3, (i) => weight(i, 0), ', ')});
    ${each(n, (i) => `panels[place0 + ${i} * params.place] = r0[${i}];`, '\n    ')}`
      : `${both(3, n, weight)}
    ${each(n * n, (i) => `panels[place0 + ${i} * params.place] = r${Math.floor(i / n)}[${i % n}];`, '\n    ')}`;
  return `@group(0) @binding(0) var<storage, read> rhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> panels: array<f32>;
${parametersWgsl(winogradWeightsParameters(rank), 2)}

${functionOf('transform', weights, 'g', 3, 'u', n)}
${main(`let feature = at / ${columns * 4} % params.vectors * 4 + at % 4;
    var rest = at / ${columns * 4} / params.vectors;
    ${each(rank, (index) => `let t${rank - 1 - index} = rest % params.taps${rank - 1 - index}; rest /= params.taps${rank - 1 - index};`, '\n    ')}
    let column = rest * ${columns} + at / 4 % ${columns};
    let inside = column < params.outFeatures && feature < params.segment;
    let origin = params.wOffset + group * params.wGroup + column * params.wColumn + feature * params.wFeature
      + ${each(rank, (d) => `t${d} * params.wStride${d}`, ' + ')};
    let place0 = at + group * params.groupElements;
    ${transformed}`)}`;
}
