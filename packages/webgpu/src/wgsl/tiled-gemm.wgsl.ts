/**
 * Implicit GEMM for graphics cards: a workgroup multiplies a tile of output positions by a tile of output features, both staged in workgroup
 * memory, in steps of 16 or 8 elements of the reduction: an invocation loads one vector of each operand. While a step is multiplied the
 * next one is on its way into registers; two buffers take turns, so that one barrier a step is enough. Most parameters are those of
 * lane-gemm.wgsl.ts; weights are packed in vectors of four.
 *
 * Where there are few outputs and a long reduction, `splits` workgroups share a tile, each with a part of the reduction and a copy of the
 * result of its own, `splitStride` apart; sum-splits.wgsl.ts adds them up.
 */
import { laneGemmParameters } from './lane-gemm.wgsl.ts';
import { DIVISION_WGSL, each, numberedParts, parametersWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

/** What differs in the text of the shader. */
export interface TiledGemmShape {
  /** Loops over output positions, each with its taps. */
  readonly rank: number;
  /** Quadruples of output positions, and of output features, of an invocation; there are 16 along either side of a tile. */
  readonly quads: 1 | 2;
  readonly elements: Elements;
  readonly isFused: boolean;
  readonly isVector: boolean;
  readonly isPadded: boolean;
}

/** Invocations along either side of a tile. */
const SIDE = 16;
const PARTS = 'xyzw';

/** The parameter block of a shader of `rank`. */
export function tiledGemmParameters(rank: number): ParameterNames {
  return [...laneGemmParameters(rank), 'splits', 'splitSteps', 'splitStride'];
}

/** Elements of the reduction in a step: as many as make one vector for every invocation. */
export function depthOf(quads: 1 | 2): number {
  return 16 / quads;
}

/** Output positions or features of a tile. */
export function tileSide(quads: number): number {
  return SIDE * 4 * quads;
}

/** The shader: lhs, packed weights, result, parameters. Workgroups: tiles of positions, tiles of features, groups. */
export function tiledGemmWgsl(shape: TiledGemmShape): string {
  const { rank, quads, elements, isFused, isVector, isPadded } = shape;
  const element = elements.computed;
  const side = tileSide(quads);
  const depth = depthOf(quads);
  const zero = element === 'f32' ? '0f' : '0i';
  const vec = `vec4<${element}>`;
  const loader = `var rest = tile * ${side} + place;
    ${splitWgsl('rest', numberedParts(rank, 'q', 'count'), '    ')}
    ${each(rank, (d) => `let at${d} = params.origin${d} + q${d} * params.step${d};`, '\n    ')}
    let x = params.xOffset + group * params.xGroup + ${each(rank, (d) => `at${d} * params.xStride${d}`, ' + ')};
    let flat = ${isFused ? `at${rank - 1} * params.flatScale` : '0'};`;
  const checked = isPadded ? (isFused ? rank - 1 : rank) : 0;
  const elementOf = (j: number): string =>
    `x_in.${PARTS[j]} = select(${zero}, lhs_at(source + (k0 + ${j}) * params.kStride), inside && u32(flat + (k0 + ${j}) * params.flatStep) < u32(params.flatSize));`;
  const fetch = `{
        let k0 = k + vector * 4;
        let inside = k0 < params.segment${each(checked, (d) => ` && u32(at${d} + t${d} * params.tapStep${d}) < u32(params.size${d})`, '')};
        let source = x${each(rank, (d) => ` + t${d} * params.tapStep${d} * params.xStride${d}`, '')};
        ${isVector ? `x_in = select(${vec}(), lhs_quad(source + k0), inside);` : each(4, elementOf, '\n        ')}
        w_in = select(${vec}(), weights[panel + tap * params.tapWeights + k0 / 4 * ${side} + place], k0 < params.segment);
      }`;
  const stage = each(
    4,
    (j) => `{
        let at = buffer * ${(depth * side) / 4} + (vector * 4 + ${j}) * ${side / 4} + place / 4;
        pixels_in[at][place % 4] = x_in.${PARTS[j]};
        weights_in[at][place % 4] = w_in.${PARTS[j]};
      }`,
    '\n      ',
  );
  // The next step: further along the segment, or the next tap, the last dimension's first.
  const carry = Array.from({ length: rank }, (_, d) => d).reduce(
    (inner, d) => `t${d}++;${d === 0 ? '' : ` if (t${d} == params.taps${d}) { t${d} = 0; ${inner} }`}`,
    '',
  );
  const sums = (p: number, q: number): string => `sum${p}_${q}`;
  return `${enableWgsl(elements.out)}${lhsWgsl(elements.lhs, element, isVector)}@group(0) @binding(1) var<storage, read> weights: array<${vec}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(tiledGemmParameters(rank), 3)}

var<workgroup> pixels_in: array<${vec}, ${(2 * depth * side) / 4}>;
var<workgroup> weights_in: array<${vec}, ${(2 * depth * side) / 4}>;

${DIVISION_WGSL}
fn y_of(pixel: i32) -> i32 {
  var rest = pixel;
  ${splitWgsl('rest', numberedParts(rank, 'q', 'count'), '  ')}
  return ${each(rank, (d) => `q${d} * params.yStride${d}`, ' + ')};
}

@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let index = i32(local.y) * ${SIDE} + i32(local.x);
  // What this invocation loads: a vector along the reduction, for one position and one feature.
  let place = index % ${side};
  let vector = index / ${side};
  let of_split = split(i32(id.z), params.splits);
  let group = of_split.x;
  let panel = (group * params.panels + i32(id.y)) * params.panelWeights;
  let y_base = of_split.y * params.splitStride + params.yOffset + group * params.yGroup;
  let tiles = (params.pixels + ${side - 1}) / ${side};
  let tap_steps = (params.segment + ${depth - 1}) / ${depth};
  let first_step = of_split.y * params.splitSteps;
  let end_step = min(first_step + params.splitSteps, params.panelWeights / params.tapWeights * tap_steps);
  for (var tile = i32(id.x); tile < tiles; tile += i32(grid.x)) {
    ${loader}
    ${each(4 * quads, (p) => each(quads, (q) => `var ${sums(p, q)} = ${vec}();`, ' '), ' ')}
    var x_in = ${vec}(); var w_in = ${vec}();
    var tap = first_step / tap_steps; var k = first_step % tap_steps * ${depth}; var buffer = 0;
    var rest_taps = tap;
    ${splitWgsl('rest_taps', numberedParts(rank, 'first_t', 'taps'), '    ')}
    ${each(rank, (d) => `var t${d} = first_t${d};`, ' ')}
    {
      ${fetch}
      ${stage}
    }
    workgroupBarrier();
    for (var step = first_step; step < end_step; step++) {
      k += ${depth};
      if (k >= params.segment) { k = 0; tap++; ${carry} }
      let is_last = step + 1 == end_step;
      if (!is_last) {
      ${fetch}
      }
      for (var d = 0; d < ${depth}; d++) {
        ${each(quads, (p) => `let a${p} = pixels_in[buffer * ${(depth * side) / 4} + d * ${side / 4} + i32(local.y) + ${p * SIDE}];`, '\n        ')}
        ${each(quads, (q) => `let b${q} = weights_in[buffer * ${(depth * side) / 4} + d * ${side / 4} + i32(local.x) + ${q * SIDE}];`, '\n        ')}
        ${each(4 * quads, (p) => each(quads, (q) => `${sums(p, q)} += a${Math.floor(p / 4)}.${PARTS[p % 4]} * b${q};`, ' '), '\n        ')}
      }
      buffer = 1 - buffer;
      if (!is_last) {
      ${stage}
      }
      workgroupBarrier();
    }
    ${each(
      4 * quads,
      (p) => `{
      let pixel = tile * ${side} + i32(local.y) * 4 + ${Math.floor(p / 4) * SIDE * 4 + (p % 4)};
      if (pixel < params.pixels) {
        let y = y_base + y_of(pixel);
        ${each(
          quads,
          (q) =>
            `for (var j = 0; j < 4; j++) {
          let column = i32(id.y) * ${side} + i32(local.x) * 4 + ${q * SIDE * 4} + j;
          if (column < params.columns) { store(y + column * params.yColumn, ${sums(p, q)}[j]); }
        }`,
          '\n        ',
        )}
      }
    }`,
      '\n    ',
    )}
  }
}
`;
}
