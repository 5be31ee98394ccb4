/**
 * Packs weights for the implicit GEMM: panels of `columns` output features; in a panel, tap by tap, `vectorSize` elements of the reduction of
 * each feature side by side. What fills up the last vector and the last panel is zero. An invocation makes one vector, in a loop
 * that stays one (pickWgsl says why).
 */
import {
  DIVISION_WGSL,
  each,
  numberedParts,
  parametersWgsl,
  splitWgsl,
  type Element,
  type ParameterNames,
  type SplitPart,
} from './parameters.wgsl.ts';

export const PACK_GROUP = 64;

/** The parameter block of a packing of `rank` loops of taps. */
export function packPanelsParameters(rank: number): ParameterNames {
  return [
    'total',
    'outFeatures',
    'panels',
    'segment',
    'vectors',
    'vectorSize',
    'features',
    'wTap',
    'wFeature',
    'wOffset',
    'wGroup',
    'wColumn',
    ...Array.from({ length: rank }, (_, d) => [`taps${d}`, `wStride${d}`]).flat(),
  ];
}

/** What differs in the text of the shader. */
export interface PackPanelsShape {
  readonly rank: number;
  readonly columns: number;
  readonly vectorSize: 2 | 4;
  readonly element: Element;
}

/** The shader: rhs, panels, parameters. */
export function packPanelsWgsl({ rank, columns, vectorSize, element }: PackPanelsShape): string {
  const places: SplitPart[] = [['vector', 'vectors'], ...numberedParts(rank, 't', 'taps'), ['panel', 'panels'], ['group']];
  return `@group(0) @binding(0) var<storage, read> rhs: array<${element}>;
@group(0) @binding(1) var<storage, read_write> panels: array<${element}>;
${parametersWgsl(packPanelsParameters(rank), 2)}

${DIVISION_WGSL}
@compute @workgroup_size(${PACK_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${PACK_GROUP}) {
    var rest = at / ${columns};
    ${splitWgsl('rest', places, '    ')}
    let column = panel * ${columns} + at % ${columns};
    let origin = params.wOffset + group * params.wGroup + column * params.wColumn
      + ${each(rank, (d) => `t${d} * params.wStride${d}`, ' + ')};
    for (var j = 0; j < params.vectorSize; j++) {
      let k = vector * ${vectorSize} + j;
      var of_k = k;
      let inside = (column < params.outFeatures) & (k < params.segment);
      ${splitWgsl('of_k', [['feature', 'features'], ['tap']], '      ')}
      let weight = rhs[origin + tap * params.wTap + feature * params.wFeature];
      panels[at * ${vectorSize} + j] = select(${element === 'f32' ? '0f' : '0i'}, weight, inside);
    }
  }
}
`;
}
