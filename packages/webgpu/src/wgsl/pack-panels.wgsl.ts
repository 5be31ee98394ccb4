/**
 * Packs weights for the implicit GEMM: panels of `columns` output features; in a panel, tap by tap, `vectorSize` elements of the reduction of
 * each feature side by side. What fills up the last vector and the last panel is zero. An invocation makes one vector, in a loop
 * that stays one (pickWgsl says why).
 */
import { each, parametersWgsl, type Element, type ParameterNames } from './parameters.wgsl.ts';

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
  return `@group(0) @binding(0) var<storage, read> rhs: array<${element}>;
@group(0) @binding(1) var<storage, read_write> panels: array<${element}>;
${parametersWgsl(packPanelsParameters(rank), 2)}

@compute @workgroup_size(${PACK_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${PACK_GROUP}) {
    var rest = at / ${columns};
    let first = (rest % params.vectors) * ${vectorSize};
    rest /= params.vectors;
    ${each(rank, (index) => `let t${rank - 1 - index} = rest % params.taps${rank - 1 - index}; rest /= params.taps${rank - 1 - index};`, '\n    ')}
    let column = (rest % params.panels) * ${columns} + at % ${columns};
    let origin = params.wOffset + (rest / params.panels) * params.wGroup + column * params.wColumn
      + ${each(rank, (d) => `t${d} * params.wStride${d}`, ' + ')};
    for (var j = 0; j < params.vectorSize; j++) {
      let k = first + j;
      let inside = (column < params.outFeatures) & (k < params.segment);
      let weight = rhs[origin + (k / params.features) * params.wTap + (k % params.features) * params.wFeature];
      panels[at * ${vectorSize} + j] = select(${element === 'f32' ? '0f' : '0i'}, weight, inside);
    }
  }
}
`;
}
