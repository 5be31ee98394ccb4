/**
 * Implicit GEMM for adapters that run a shader on the CPU (lavapipe, SwiftShader), and have subgroups; on cards tuning tries it. On a CPU
 * a subgroup is one vector register, and a load is one scalar load for every invocation, even if all of them want the same address: loads
 * are what a kernel waits for. So each invocation loads an element of its own and broadcasts it to the others, which is one instruction.
 *
 * A workgroup is one subgroup. Its tile is `pixelSets` × lanes output positions by `columnSets` × lanes output features: in a step, lane l
 * loads a few elements of the reduction for each position l of a set, and as many weights for each feature l of a set. Sums live in registers, a
 * feature to a lane; positions are broadcast from each lane in turn.
 *
 * The reduction is a loop over the taps of the dimensions, and in it a segment: what lies at one stride. The features are one; or, where
 * `isFused`, the taps of the last dimension, alone or together with the features if these lie between them.
 */
import { DIVISION_WGSL, each, numberedParts, parametersWgsl, pickWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

/** What differs in the text of the shader; sizes do not. */
export interface LaneGemmShape {
  /** Loops over output positions, each with its taps; the batch is one. */
  readonly rank: number;
  /** The size of a subgroup, and of a workgroup; 1: no subgroups, every invocation has a tile of its own. */
  readonly lanes: number;
  readonly pixelSets: number;
  readonly columnSets: number;
  readonly elements: Elements;
  /** The segment runs along the last dimension, so that each of its elements may be padding. */
  readonly isFused: boolean;
  /** lhs is read four elements at a time: their stride is 1, every other stride and offset a multiple of 4. Not where `isFused`. */
  readonly isVector: boolean;
  /** Some tap may meet padding (GemmLoops). Else nothing is checked: positions beyond the last read anything, and are not stored. */
  readonly isPadded: boolean;
}

/** Per dimension: output positions, first input element and step, input elements, taps and their step, strides in lhs and result. */
const DIMENSION = ['count', 'origin', 'step', 'size', 'taps', 'tapStep', 'xStride', 'yStride'];

/** The parameter block of a shader of `rank`. */
export function laneGemmParameters(rank: number): ParameterNames {
  const dimensions = Array.from({ length: rank }, (_, d) => DIMENSION.map((name) => `${name}${d}`)).flat();
  return [
    'pixels',
    'tilePixels',
    'columns',
    'segment',
    'kStride',
    'flatScale',
    'flatStep',
    'flatSize',
    'tapWeights',
    'panelWeights',
    'panels',
    'xOffset',
    'xGroup',
    'yOffset',
    'yGroup',
    'yColumn',
    ...dimensions,
  ];
}

/** Invocations of a workgroup without subgroups: each has a tile of positions. */
export const LANE_GROUP = 64;

/**
 * Elements of the reduction that a step takes: more are fewer turns, fewer are less for nothing at the end of a segment, and a shader that
 * compiles in two thirds of the time. Fused segments are short as a rule, and as fast in twos.
 */
export function laneVectorSize({ isFused }: Pick<LaneGemmShape, 'isFused'>): 2 | 4 {
  return isFused ? 2 : 4;
}

/** The shader: lhs, packed weights, result, parameters. Workgroups: tiles of positions, tiles of features, groups. */
export function laneGemmWgsl(shape: LaneGemmShape): string {
  const { rank, lanes, pixelSets, columnSets, elements, isFused, isVector, isPadded } = shape;
  const element = elements.computed;
  const pixels = pixelSets * lanes;
  const workgroup = lanes === 1 ? LANE_GROUP : lanes;
  const zero = element === 'f32' ? '0f' : '0i';
  const vectorSize = laneVectorSize(shape);
  const vec = `vec${vectorSize}<${element}>`;
  const shared = (value: string, lane: number): string => (lanes === 1 ? value : `subgroupBroadcast(${value}, ${lane}u)`);
  const sum = (pixel: number, set: number): string => `sum${pixel}_${set}`;

  const ys = Array.from({ length: pixelSets }, (_, s) => `y${s}`);
  // A shuffle: the lane varies, and that of a broadcast must be constant.
  const yOf = lanes === 1 ? pickWgsl('p', ys) : `subgroupShuffle(${pickWgsl(`(p / ${lanes})`, ys)}, u32(p % ${lanes}))`;

  const positions = each(
    pixelSets,
    (s) => `var rest${s} = tile * ${pixels} + ${s * lanes} + lane;
    ${splitWgsl(`rest${s}`, numberedParts(rank, `q${s}_`, 'count'), '    ')}
    ${each(rank, (d) => `let at${s}_${d} = params.origin${d} + q${s}_${d} * params.step${d};`, '\n    ')}
    let x${s} = params.xOffset + group * params.xGroup + ${each(rank, (d) => `at${s}_${d} * params.xStride${d}`, ' + ')};
    let y${s} = params.yOffset + group * params.yGroup + ${each(rank, (d) => `q${s}_${d} * params.yStride${d}`, ' + ')};
    let flat${s} = ${isFused ? `at${s}_${rank - 1} * params.flatScale` : '0'};`,
    '\n    ',
  );

  const load = (s: number): string =>
    isVector
      ? `let in${s} = ${isPadded ? `select(${vec}(), lhs_quad(from${s} + k), inside${s})` : `lhs_quad(from${s} + k)`};`
      : `var in${s} = ${vec}();
          ${each(vectorSize, (j) => `in${s}.${'xyzw'[j]} = select(${zero}, lhs_at(from${s} + (k + ${j}) * params.kStride), ${isPadded ? `inside${s} & ` : ''}(u32(flat${s} + (k + ${j}) * params.flatStep) < u32(params.flatSize)));`, '\n          ')}`;

  const products = each(
    vectorSize,
    (j) => {
      const part = 'xyzw'[j];
      return each(
        pixels,
        (p) => {
          return `{ let value = ${shared(`in${Math.floor(p / lanes)}.${part}`, p % lanes)}; ${each(columnSets, (c) => `${sum(p, c)} += value * w${c}.${part};`, ' ')} }`;
        },
        '\n          ',
      );
    },
    '\n          ',
  );

  const taps = (d: number, body: string): string =>
    d === rank ? body : `for (var t${d} = 0; t${d} < params.taps${d}; t${d}++) {\n${taps(d + 1, body)}\n}`;

  // Whether a tap meets an input element; if none of the tile's positions does, it is left out. Not && and ||: those are branches, and
  // SwiftShader takes minutes to compile a few dozen of them among as many sums.
  const check = `${each(
    pixelSets,
    (s) =>
      `let inside${s} = ${each(isFused ? rank - 1 : rank, (d) => `(u32(at${s}_${d} + t${d} * params.tapStep${d}) < u32(params.size${d}))`, ' & ')};`,
    '\n        ',
  )}
        if (!${lanes === 1 ? '' : 'subgroupAny'}(${each(pixelSets, (s) => `inside${s}`, ' | ')})) { w += params.tapWeights; continue; }`;

  const reduction = taps(
    0,
    `
        ${each(
          pixelSets,
          (s) => `let from${s} = x${s} + ${each(rank, (d) => `t${d} * params.tapStep${d} * params.xStride${d}`, ' + ')};`,
          '\n        ',
        )}
        ${isPadded ? check : ''}
        for (var k = 0; k < params.segment; k += ${vectorSize}) {
          ${each(pixelSets, load, '\n          ')}
          ${each(columnSets, (c) => `let w${c} = weights[w + ${c * lanes}];`, '\n          ')}
          w += ${columnSets * lanes};
          ${products}
        }`,
  );

  return `${enableWgsl(elements.out, lanes > 1)}${lhsWgsl(elements.lhs, element, isVector)}@group(0) @binding(1) var<storage, read> weights: array<${vec}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(laneGemmParameters(rank), 3)}
${DIVISION_WGSL}
@compute @workgroup_size(${workgroup})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let lane = ${lanes === 1 ? '0' : 'i32(index)'};
  let group = i32(id.z);
  let column = i32(id.y) * ${columnSets * lanes} + lane;
  let tiles = (params.pixels + ${pixels - 1}) / ${pixels};
  for (var tile = ${lanes === 1 ? `i32(id.x) * ${workgroup} + i32(index)` : 'i32(id.x)'}; tile < tiles; tile += i32(grid.x)${lanes === 1 ? ` * ${workgroup}` : ''}) {
    ${positions}
    ${each(pixels, (p) => each(columnSets, (c) => `var ${sum(p, c)} = ${zero};`, ' '), '\n    ')}
    var w = (group * params.panels + i32(id.y)) * params.panelWeights + lane;
    ${reduction}
    for (var p = 0; p < min(params.tilePixels, params.pixels - tile * ${pixels}); p++) {
      let y = ${yOf};
      ${each(
        columnSets,
        (c) =>
          `if (column + ${c * lanes} < params.columns) { store(y + (column + ${c * lanes}) * params.yColumn, ${pickWgsl(
            'p',
            Array.from({ length: pixels }, (_, index) => sum(index, c)),
          )}); }`,
        '\n      ',
      )}
    }
  }
}
`;
}
