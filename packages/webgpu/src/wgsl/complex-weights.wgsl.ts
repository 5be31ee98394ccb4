/**
 * Complex weights as real ones: (a + bi)(c + di) is a product of the pair (a, b) with the matrix ((c, d), (−d, c)), so a complex
 * convolution is a real one with twice the features on both sides. An invocation makes one real weight.
 */
import { DIVISION_WGSL, each, parametersWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';

export const COMPLEX_WEIGHTS_GROUP = 64;

/** The parameter block for windows of `rank` dimensions. */
export function complexWeightsParameters(rank: number): ParameterNames {
  return [
    'total',
    'outFeatures',
    'inFeatures',
    'offset',
    'group',
    'outer',
    'inner',
    ...Array.from({ length: rank }, (_, d) => [`kernel${d}`, `stride${d}`]).flat(),
  ];
}

/** The shader: complex weights as they came; real ones by group, position in the window, feature in, feature out; parameters. */
export function complexWeightsWgsl(rank: number): string {
  const window = Array.from({ length: rank }, (_, index) => rank - 1 - index).map((d) => [`k${d}`, `params.kernel${d}`] as const);
  return `@group(0) @binding(0) var<storage, read> rhs: array<vec2f>;
@group(0) @binding(1) var<storage, read_write> weights: array<f32>;
${parametersWgsl(complexWeightsParameters(rank), 2)}

${DIVISION_WGSL}
@compute @workgroup_size(${COMPLEX_WEIGHTS_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${COMPLEX_WEIGHTS_GROUP}) {
    var rest = at;
    ${splitWgsl('rest', [['out', '(2 * params.outFeatures)'], ['in', '(2 * params.inFeatures)'], ...window], '    ')}
    let w = rhs[params.offset + rest * params.group + out / 2 * params.outer + in / 2 * params.inner${each(rank, (d) => ` + k${d} * params.stride${d}`, '')}];
    // Part \`in % 2\` of lhs adds to part \`out % 2\` of the sum.
    let sign = select(1f, -1f, in % 2 == 1 && out % 2 == 0);
    weights[at] = sign * select(w.x, w.y, in % 2 != out % 2);
  }
}
`;
}
