/**
 * Packs weights for the implicit GEMM: panels of `columns` output features; in a panel, tap by tap, four elements of the reduction of each
 * feature side by side (a vec4). What fills up the last vector and the last panel is zero. An invocation makes one vector, in a loop
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

/** The shader: rhs, panels, parameters. */
export function packPanelsWgsl(rank: number, columns: number, element: Element): string {
  return `@group(0) @binding(0) var<storage, read> rhs: array<${element}>;
@group(0) @binding(1) var<storage, read_write> panels: array<vec4<${element}>>;
${parametersWgsl(packPanelsParameters(rank), 2)}

@compute @workgroup_size(${PACK_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${PACK_GROUP}) {
    var rest = at / ${columns};
    let first = (rest % params.vectors) * 4;
    rest /= params.vectors;
    ${each(rank, (index) => `let t${rank - 1 - index} = rest % params.taps${rank - 1 - index}; rest /= params.taps${rank - 1 - index};`, '\n    ')}
    let column = (rest % params.panels) * ${columns} + at % ${columns};
    let origin = params.wOffset + (rest / params.panels) * params.wGroup + column * params.wColumn
      + ${each(rank, (d) => `t${d} * params.wStride${d}`, ' + ')};
    var packed = vec4<${element}>();
    for (var j = 0; j < params.vectorSize; j++) {
      let k = first + j;
      if (column < params.outFeatures && k < params.segment) {
        packed[j] = rhs[origin + (k / params.features) * params.wTap + (k % params.features) * params.wFeature];
      }
    }
    panels[at] = packed;
  }
}
`;
}
