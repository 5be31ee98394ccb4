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

const TILED = ['tiles', 'perClass', 'classes', 'origin', 'step', 'tapStep', 'size', 'stride'];

/** Of the transforms of lhs and of the result: `size` counts input elements there, output positions here, and so does `stride`. */
export function winogradParameters({ tiled, slices }: WinogradShape): ParameterNames {
  return [
    'total',
    'features',
    'vectorFeatures',
    'run',
    'runs',
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

/** Rows of a tile whose columns c0 … are transformed: r<row>[column] by `outputs`. */
function rowsOf(columns: number, outputs: number): string {
  return each(outputs, (row) => `let r${row} = transform(${each(columns, (column) => `c${column}[${row}]`, ', ')});`, '\n      ');
}

/**
 * What `at` names: a feature, and a run of tiles along the last dimension; in `body`, `j` is the tile of its class, and `place0` where the
 * tile lies. `before` stands in front of the run.
 */
function walk({ outputs: m, tiled, slices }: WinogradShape, before: string, body: string): string {
  const last = tiled - 1;
  const parts = [
    ['feature', 'params.vectorFeatures'] as const,
    ['run', 'params.runs'] as const,
    [`class${last}`, `params.classes${last}`] as const,
    ...(tiled === 2 ? [['tile0', 'params.tiles0'] as const] : []),
  ];
  const around = Array.from({ length: slices }, (_, index) => slices - 1 - index).map(
    (s) => [`slice${s}`, `params.sliceCount${s}`] as const,
  );
  return main(`var rest = at;
    ${splitWgsl('rest', parts, '    ')}
    let slice = rest;
    ${splitWgsl('rest', around, '    ')}
    ${tiled === 2 ? `let class0 = split(tile0, params.perClass0); let q0 = class0.x + class0.y * ${m} * params.classes0;` : ''}
    let base = params.offset + group * params.group + feature * params.feature${each(slices, (s) => ` + slice${s} * params.sliceStride${s}`, '')};
    let tiles_at = (${tiled === 2 ? '(slice * params.tiles0 + tile0)' : 'slice'} * params.tiles${last} + class${last} * params.perClass${last}) * params.vectorFeatures;
    let first = run * params.run;
    ${before}
    for (var j = first; j < min(first + params.run, params.perClass${last}); j++) {
      let place0 = group * params.planeGroup + tiles_at + j * params.vectorFeatures + feature;
      let q${last} = class${last} + j * ${m} * params.classes${last};
      ${body}
    }`);
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

/**
 * lhs, transformed tiles, parameters. An invocation transforms one feature of a run of tiles: what two neighbours share is loaded, and
 * transformed along the columns, once.
 */
export function winogradInputWgsl(shape: WinogradShape): string {
  const { outputs: m, tiled } = shape;
  const { input, inputs: n } = m === 2 ? TWO : FOUR;
  const last = tiled - 1;
  const element = (q: string, d: number, i: number): string => `params.origin${d} + ${q} * params.step${d} + ${i} * params.tapStep${d}`;
  const rows =
    tiled === 1 ? '' : each(n, (i) => `let e${i} = ${element('q0', 0, i)}; let in${i} = u32(e${i}) < u32(params.size0);`, '\n    ');
  // The column, or in one dimension the element, that lies `i` inputs from where tile q begins.
  const column = (q: string, i: number, target: string): string => {
    const at = `let at = ${element(q, last, i)}; let inside = feature < params.features && u32(at) < u32(params.size${last});`;
    const load = (row: string, isIn: string): string => `select(0f, lhs[base + at * params.stride${last}${row}], inside${isIn})`;
    const value = tiled === 1 ? load('', '') : `transform(${each(n, (r) => load(` + e${r} * params.stride0`, ` && in${r}`), ', ')})`;
    return `{ ${at} ${target} = ${value}; }`;
  };
  const type = tiled === 1 ? 'f32' : `array<f32, ${n}>`;
  const shared = n - m;
  const before = `${rows}
    ${each(shared, (i) => `var c${i}: ${type};`, ' ')}
    { let q = class${last} + first * ${m} * params.classes${last}; ${each(shared, (i) => column('q', i, `c${i}`), ' ')} }`;
  const transformed =
    tiled === 1
      ? `let r0 = transform(${each(n, (i) => `c${i}`, ', ')});
      ${each(n, (i) => `tiles[place0 + ${i} * params.place] = r0[${i}];`, '\n      ')}`
      : `${rowsOf(n, n)}
      ${each(n * n, (i) => `tiles[place0 + ${i} * params.place] = r${Math.floor(i / n)}[${i % n}];`, '\n      ')}`;
  const body = `${each(m, (i) => `var c${i + shared}: ${type}; ${column(`q${last}`, i + shared, `c${i + shared}`)}`, '\n      ')}
      ${transformed}
      ${each(shared, (i) => `c${i} = c${i + m};`, ' ')}`;
  return `@group(0) @binding(0) var<storage, read> lhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> tiles: array<f32>;
${parametersWgsl(winogradParameters(shape), 2)}

${functionOf('transform', input, 'd', n, 'v', n)}
${walk(shape, before, body)}`;
}

/** Products, result, parameters. An invocation transforms one feature of a run of tiles back. */
export function winogradOutputWgsl(shape: WinogradShape): string {
  const { outputs: m, tiled } = shape;
  const { output, inputs: n } = m === 2 ? TWO : FOUR;
  const place = (i: number): string => `products[place0 + ${i} * params.place]`;
  const at = (d: number, i: number): string => `(q${d} + ${i} * params.classes${d})`;
  const store = (i: number, j: number): string =>
    tiled === 1
      ? `if (${at(0, j)} < params.size0) { result[base + ${at(0, j)} * params.stride0] = r0[${j}]; }`
      : `if (${at(0, i)} < params.size0 && ${at(1, j)} < params.size1) { result[base + ${at(0, i)} * params.stride0 + ${at(1, j)} * params.stride1] = r${i}[${j}]; }`;
  const columns = each(n, (c) => `let c${c} = transform(${each(n, (row) => place(row * n + c), ', ')});`, '\n      ');
  return `@group(0) @binding(0) var<storage, read> products: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
${parametersWgsl(winogradParameters(shape), 2)}

${functionOf('transform', output, 'm', n, 'y', m)}
${walk(
  shape,
  'if (feature >= params.features) { continue; }',
  `${tiled === 1 ? `let r0 = transform(${each(n, place, ', ')});` : `${columns}\n      ${rowsOf(n, m)}`}
      ${each(tiled === 1 ? 1 : m, (i) => each(m, (j) => store(i, j), '\n      '), '\n      ')}`,
)}`;
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
      : `${each(3, (c) => `let c${c} = transform(${each(3, (row) => weight(row, c), ', ')});`, '\n    ')}
    ${rowsOf(3, n)}
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
