/**
 * Convolution of planes on graphics cards, for pictures in few colours and windows that are not small: a workgroup makes a tile of the
 * result's plane, in a block of `features`. What the windows of the tile see of an input plane is staged in workgroup memory, once, and every
 * invocation adds up `OUTPUTS` positions from there, so far apart that neighbouring invocations read neighbouring elements.
 *
 * Two dimensions make the plane, `line` and `row`; the reduction walks over the taps of the others, input features among them, a plane each.
 */
import { LOOP, loopParameters, tapsWgsl } from './loop.wgsl.ts';
import {
  DIVISION_WGSL,
  each,
  numberedParts,
  parametersWgsl,
  splitWgsl,
  type IsOne,
  type ParameterNames,
  type SplitPart,
} from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

/** Invocations of a workgroup along a line, and down the rows. */
export const PLANES_GROUP = [16, 8] as const;
/** Positions of an invocation, all in one row. */
const OUTPUTS = 4;
/** A workgroup's tile of the result: positions of a line, and rows. */
export const PLANES_TILE = [PLANES_GROUP[0] * OUTPUTS, PLANES_GROUP[1]] as const;
/** Elements of an input plane that a workgroup can stage: all the memory that every device gives it. */
export const STAGED = 4096;

/** What differs in the text of the shader. */
export interface PlanesShape {
  /** Loops around the planes. */
  readonly rank: number;
  /** Output features of an invocation. */
  readonly features: number;
  readonly elements: Elements;
  readonly isOne: IsOne;
}

/** The parameter block of a shader with `rank` loops around the planes. */
export function planesParameters(rank: number): ParameterNames {
  return [
    'tiles',
    'width',
    'staged',
    'blocks',
    'groupFeatures',
    'xOffset',
    'xGroup',
    'yOffset',
    'yGroup',
    'yFeature',
    'wOffset',
    'wGroup',
    'wFeature',
    ...['row', 'line'].flatMap((axis) => [...LOOP, 'tiles'].map((name) => `${axis}_${name}`)),
    ...loopParameters(rank),
  ];
}

/** The shader: lhs, rhs, result, parameters. Workgroups: tiles, blocks of features in all groups. */
export function planesWgsl({ rank, features, elements, isOne }: PlanesShape): string {
  const element = elements.computed;
  const zero = element === 'f32' ? '0f' : '0i';
  const [columns, rows] = PLANES_GROUP;
  const [tileColumns, tileRows] = PLANES_TILE;
  const around: SplitPart[] = [['line_tile', 'line_tiles'], ['row_tile', 'row_tiles'], ...numberedParts(rank, 'q', 'count')];
  const plane = `
      let plane = params.xOffset + group * params.xGroup${each(rank, (d) => ` + (at${d} + t${d} * params.tapStep${d}) * params.xStride${d}`, '')};
      let weights = params.wOffset + group * params.wGroup + feature * params.wFeature${each(rank, (d) => ` + t${d} * params.wStride${d}`, '')};
      // The last plane is done with, in every invocation.
      workgroupBarrier();
      for (var s = i32(index); s < params.staged; s += ${columns * rows}) {
        let place = split(s, params.width);
        let row = first_row + place.x;
        let column = first_line + place.y;
        let inside = (u32(row) < u32(params.row_size)) & (u32(column) < u32(params.line_size));
        staged[s] = select(${zero}, lhs_at(plane + row * params.row_xStride + column * params.line_xStride), inside);
      }
      workgroupBarrier();
      for (var r = 0; r < params.row_taps; r++) {
        var seen = (y * params.row_step + r * params.row_tapStep) * params.width + x * params.line_step;
        for (var c = 0; c < params.line_taps; c++) {
          ${each(OUTPUTS, (o) => `let x${o} = staged[seen + ${o * columns} * params.line_step];`, ' ')}
          seen += params.line_tapStep;
          let w = weights + r * params.row_wStride + c * params.line_wStride;
          ${each(features, (f) => `{ let value = rhs[w + ${f} * params.wFeature]; ${each(OUTPUTS, (o) => `sum${f}_${o} += x${o} * value;`, ' ')} }`, '\n          ')}
        }
      }`;
  return `${enableWgsl(elements.out)}${lhsWgsl(elements.lhs, element)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(planesParameters(rank), 3)}
var<workgroup> staged: array<${element}, ${STAGED}>;

${DIVISION_WGSL}
@compute @workgroup_size(${columns}, ${rows})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let x = i32(local.x);
  let y = i32(local.y);
  let of_group = split(i32(id.y), params.blocks);
  let group = of_group.x;
  let feature = of_group.y * ${features};
  for (var tile = i32(id.x); tile < params.tiles; tile += i32(grid.x)) {
    var rest = tile;
    ${splitWgsl('rest', around, '    ', isOne)}
    let first_line = params.line_origin + line_tile * ${tileColumns} * params.line_step;
    let first_row = params.row_origin + row_tile * ${tileRows} * params.row_step;
    ${each(rank, (d) => `let at${d} = params.origin${d} + q${d} * params.step${d};`, '\n    ')}
    ${each(features, (f) => each(OUTPUTS, (o) => `var sum${f}_${o} = ${zero};`, ' '), ' ')}
    ${tapsWgsl(rank, plane)}
    let q_row = row_tile * ${tileRows} + y;
    let target_row = params.yOffset + group * params.yGroup + feature * params.yFeature + q_row * params.row_yStride${each(rank, (d) => ` + q${d} * params.yStride${d}`, '')};
    if (q_row < params.row_count) {
      ${each(
        OUTPUTS,
        (o) => `let q_${o} = line_tile * ${tileColumns} + ${o * columns} + x;
      if (q_${o} < params.line_count) {
        ${each(features, (f) => `if (feature + ${f} < params.groupFeatures) { store(target_row + ${f} * params.yFeature + q_${o} * params.line_yStride, sum${f}_${o}); }`, '\n        ')}
      }`,
        '\n      ',
      )}
    }
  }
}
`;
}
