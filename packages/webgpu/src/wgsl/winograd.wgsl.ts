/**
 * Winograd's transforms (@laxconv/api/backend has their matrices) around an implicit GEMM. Transformed tiles lie as
 * [place of the tile × group][slice][tile][feature], so that each place is a matrix product over the features.
 *
 * A tile is `outputs` positions in each of `tiled` dimensions, 1 or 2. Where taps are further apart than positions, those that agree modulo
 * `classes` are a convolution of their own, and a tile lies in one class.
 */
import { winogradTransforms, type Assignments, type DType } from '@laxconv/api/backend';
import type { PackPanelsShape } from './pack-panels.wgsl.ts';
import {
  DIVISION_WGSL,
  each,
  numberedParts,
  parametersWgsl,
  pickWgsl,
  splitWgsl,
  type IsOne,
  type ParameterNames,
  type SplitPart,
} from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl } from './stored.wgsl.ts';

export const WINOGRAD_GROUP = 64;

/** F(`outputs`, 3) in `tiled` dimensions, with `slices` loops around the tiles. */
export interface WinogradShape {
  readonly outputs: 2 | 4;
  readonly tiled: 1 | 2;
  readonly slices: number;
  readonly isOne: IsOne;
}

const [TWO, FOUR] = winogradTransforms({
  add: (x, y) => `(${x} + ${y})`,
  sub: (x, y) => `(${x} - ${y})`,
  scale: (factor, x) => `(${factor} * ${x})`,
  madd: (sum, factor, x) => (factor < 0 ? `(${sum} - ${-factor} * ${x})` : `(${sum} + ${factor} * ${x})`),
});

const TILED = ['tiles', 'perClass', 'classes', 'origin', 'step', 'tapStep', 'size', 'stride'];

/** Of the transforms of lhs and of the result: `size` counts input elements there, output positions here, and so does `stride`. */
export function winogradParameters({ tiled, slices }: Pick<WinogradShape, 'tiled' | 'slices'>): ParameterNames {
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
    'side',
    'outputSide',
    'again0',
    'again1',
    'again2',
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

/** A loop over the rows of a tile whose columns are transformed, to the parameter `side`: it transforms a row to v, which `store` stores. */
function storeRows(
  tiled: 1 | 2,
  outputs: number,
  side: 'side' | 'outputSide',
  columns: readonly string[],
  store: (row: string) => string,
): string {
  if (tiled === 1) return `{ let v = transform(${columns.join(', ')}); ${store('0')} }`;
  const ofRow = (column: string): string =>
    pickWgsl(
      'row',
      Array.from({ length: outputs }, (_, row) => `${column}[${row}]`),
    );
  return `for (var row = 0; row < params.${side}; row++) {
        let v = transform(${columns.map(ofRow).join(', ')});
        ${store('row')}
      }`;
}

/**
 * What `at` names: a feature, and a run of tiles along the last dimension; in `body`, `j` is the tile of its class, and `place0` where the
 * tile lies. `before` stands in front of the run.
 */
function walk({ outputs: m, tiled, slices, isOne }: WinogradShape, before: string, body: string): string {
  const last = tiled - 1;
  const parts: SplitPart[] = [
    ['feature', 'vectorFeatures'],
    ['run', 'runs'],
    [`class${last}`, `classes${last}`],
    ...(tiled === 2 ? ([['tile0', 'tiles0']] as const) : []),
    ['slice'],
  ];
  const around = numberedParts(slices, 'slice', 'sliceCount');
  const ofTile: SplitPart[] = [
    ['in_class0', 'perClass0'],
    ['class0', 'classes0'],
  ];
  return main(`var rest = at;
    ${splitWgsl('rest', parts, '    ', isOne)}
    var rest_slice = slice;
    ${splitWgsl('rest_slice', around, '    ', isOne)}
    ${tiled === 2 ? `var rest_tile = tile0; ${splitWgsl('rest_tile', ofTile, '    ', isOne)} let q0 = class0 + in_class0 * ${m} * params.classes0;` : ''}
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
export function winogradInputWgsl(shape: WinogradShape, lhs: DType): string {
  const { outputs: m, tiled } = shape;
  const { input, inputs: n } = m === 2 ? TWO : FOUR;
  const last = tiled - 1;
  const rows =
    tiled === 1
      ? ''
      : each(
          n,
          (i) => `let e${i} = params.origin0 + q0 * params.step0 + ${i} * params.tapStep0; let in${i} = u32(e${i}) < u32(params.size0);`,
          '\n    ',
        );
  const load = (row: string, isIn: string): string => `select(0f, lhs_at(base + at * params.stride${last}${row}), inside${isIn})`;
  const column = tiled === 1 ? load('', '') : `transform(${each(n, (r) => load(` + e${r} * params.stride0`, ` && in${r}`), ', ')})`;
  const type = tiled === 1 ? 'f32' : `array<f32, ${n}>`;
  const before = `${rows}
    ${each(n, (i) => `var c${i}: ${type};`, ' ')}`;
  const body = `// The columns move on; of a tile that is not the first of its run only ${m} are new.
      for (var i = select(${n - m}, 0, j == first); i < params.side; i++) {
        ${each(n - 1, (i) => `c${i} = c${i + 1};`, ' ')}
        let at = params.origin${last} + q${last} * params.step${last} + i * params.tapStep${last};
        let inside = feature < params.features && u32(at) < u32(params.size${last});
        c${n - 1} = ${column};
      }
      ${storeRows(
        tiled,
        n,
        'side',
        Array.from({ length: n }, (_, i) => `c${i}`),
        (row) => each(n, (i) => `tiles[place0 + (${row} * ${n} + ${i}) * params.place] = v[${i}];`, '\n        '),
      )}`;
  return `${lhsWgsl(lhs, 'f32')}@group(0) @binding(1) var<storage, read_write> tiles: array<f32>;
${parametersWgsl(winogradParameters(shape), 2)}

${functionOf('transform', input, 'd', n, 'v', n)}
${walk(shape, before, body)}`;
}

/**
 * Products, result, counts of workgroups, parameters. An invocation transforms one feature of a run of tiles back. Where the result is not
 * finite it writes the counts of the dispatch that computes it once more; that shows in the bits, since WGSL may assume of numbers that
 * they are finite.
 */
export function winogradOutputWgsl(shape: WinogradShape, out: DType): string {
  const { outputs: m, tiled } = shape;
  const { output, inputs: n } = m === 2 ? TWO : FOUR;
  const place = (i: string): string => `products[place0 + (${i}) * params.place]`;
  const at = (d: number, i: number | string): string => `(q${d} + ${i} * params.classes${d})`;
  const columns =
    tiled === 1
      ? each(n, (i) => `let c${i} = ${place(`${i}`)};`, ' ')
      : `${each(n, (i) => `var c${i}: array<f32, ${m}>;`, ' ')}
      for (var i = 0; i < params.side; i++) {
        ${each(n - 1, (i) => `c${i} = c${i + 1};`, ' ')}
        c${n - 1} = transform(${each(n, (row) => place(`${row * n} + i`), ', ')});
      }`;
  const store = (row: string, j: number): string => {
    const along = tiled === 1 ? [at(0, j)] : [at(0, row), at(1, j)];
    const isIn = along.map((position, d) => `${position} < params.size${d}`).join(' && ');
    const target = ['base', ...along.map((position, d) => `${position} * params.stride${d}`)].join(' + ');
    return `if (${isIn}) { exponent = max(exponent, bitcast<u32>(v[${j}]) & 0x7f800000u); store(${target}, v[${j}]); }`;
  };
  return `${enableWgsl(out)}@group(0) @binding(0) var<storage, read> products: array<f32>;
${resultWgsl(out, 'f32', 1)}@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>, 3>;
${parametersWgsl(winogradParameters(shape), 3)}

${functionOf('transform', output, 'm', n, 'y', m)}
${walk(
  shape,
  'if (feature >= params.features) { continue; }',
  `${columns}
      var exponent = 0u;
      ${storeRows(
        tiled,
        m,
        'outputSide',
        Array.from({ length: n }, (_, i) => `c${i}`),
        (row) => each(m, (j) => store(row, j), '\n        '),
      )}
      if (exponent == 0x7f800000u) {
        atomicStore(&counts[0], u32(params.again0));
        atomicStore(&counts[1], u32(params.again1));
        atomicStore(&counts[2], u32(params.again2));
      }`,
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
    'window',
    'side',
    ...Array.from({ length: rank }, (_, d) => [`taps${d}`, `wStride${d}`]).flat(),
  ];
}

/**
 * rhs, panels, parameters. An invocation transforms one kernel, of one feature to one feature, in loops that stay loops (pickWgsl): it runs
 * once for all runs.
 */
export function winogradWeightsWgsl(
  { outputs, tiled }: Pick<WinogradShape, 'outputs' | 'tiled'>,
  { rank, columns, vectorSize }: Omit<PackPanelsShape, 'element'>,
): string {
  const { weights, inputs: n } = outputs === 2 ? TWO : FOUR;
  const places: SplitPart[] = [['vector', 'vectors'], ...numberedParts(rank, 't', 'taps'), ['panel']];
  const weight = (row: number): string => `select(0f, rhs[tap + ${row} * params.wTiled0], inside)`;
  const columnsOf =
    tiled === 1
      ? `let tap = origin; ${each(3, (i) => `let c${i} = ${weight(i)};`, ' ')}`
      : `${each(3, (c) => `var c${c}: array<f32, ${n}>;`, ' ')}
    for (var i = 0; i < params.window; i++) {
      let tap = origin + i * params.wTiled1;
      c0 = c1; c1 = c2; c2 = transform(${each(3, weight, ', ')});
    }`;
  const place = (row: string): string => `panels[place0 + (${row} * ${n} + j) * params.place]`;
  const value = pickWgsl(
    'j',
    Array.from({ length: n }, (_, i) => `v[${i}]`),
  );
  const transformed = `${columnsOf}
    ${storeRows(tiled, n, 'side', ['c0', 'c1', 'c2'], (row) => `for (var j = 0; j < params.side; j++) { ${place(row)} = ${value}; }`)}`;
  return `@group(0) @binding(0) var<storage, read> rhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> panels: array<f32>;
${parametersWgsl(winogradWeightsParameters(rank), 2)}

${functionOf('transform', weights, 'g', 3, 'u', n)}
${main(`var rest = at / ${columns * vectorSize};
    ${splitWgsl('rest', places, '    ')}
    let feature = vector * ${vectorSize} + at % ${vectorSize};
    let column = panel * ${columns} + at / ${vectorSize} % ${columns};
    let inside = column < params.outFeatures && feature < params.segment;
    let origin = params.wOffset + group * params.wGroup + column * params.wColumn + feature * params.wFeature
      + ${each(rank, (d) => `t${d} * params.wStride${d}`, ' + ')};
    let place0 = at + group * params.groupElements;
    ${transformed}`)}`;
}
