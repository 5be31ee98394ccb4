/**
 * Complex weights as real ones. A product by c + di is one by the matrix ((c, d), (−d, c)), where the two parts of a number are features; or
 * a convolution by the window (d, c, −d), where they are positions. An invocation makes one real weight.
 */
import { DIVISION_WGSL, each, numberedParts, parametersWgsl, splitWgsl, type ParameterNames, type SplitPart } from './parameters.wgsl.ts';

export const COMPLEX_WEIGHTS_GROUP = 64;

/** What becomes of a complex weight. */
export type ComplexWeight = 'matrix' | 'window';

/** The parameter block for windows of `rank` dimensions; features are counted as the real convolution does. */
export function complexWeightsParameters(rank: number): ParameterNames {
  return [
    'total',
    'outFeatures',
    'inFeatures',
    'taps',
    'offset',
    'group',
    'outer',
    'inner',
    ...Array.from({ length: rank }, (_, d) => [`kernel${d}`, `stride${d}`]).flat(),
  ];
}

const PARTS: Readonly<Record<ComplexWeight, { readonly components: 1 | 2; readonly axis: readonly string[]; readonly value: string }>> = {
  matrix: {
    components: 2,
    axis: [],
    // Part `in % 2` of lhs adds to part `out % 2` of the sum.
    value: 'select(1f, -1f, in % 2 == 1 && out % 2 == 0) * select(w.x, w.y, in % 2 != out % 2)',
  },
  window: { components: 1, axis: ['tap'], value: 'select(select(w.y, -w.y, tap == 2), w.x, tap == 1)' },
};

/** The shader: complex weights as they came; real ones by group, position in the window, feature in, feature out; parameters. */
export function complexWeightsWgsl(rank: number, what: ComplexWeight): string {
  const { components, axis, value } = PARTS[what];
  const feature = (index: string): string => (components === 1 ? index : `${index} / ${components}`);
  const places: SplitPart[] = [
    ['out', 'outFeatures'],
    ['in', 'inFeatures'],
    ...axis.map((tap): SplitPart => [tap, 'taps']),
    ...numberedParts(rank, 'k', 'kernel'),
    ['of_group'],
  ];
  return `@group(0) @binding(0) var<storage, read> rhs: array<vec2f>;
@group(0) @binding(1) var<storage, read_write> weights: array<f32>;
${parametersWgsl(complexWeightsParameters(rank), 2)}

${DIVISION_WGSL}
@compute @workgroup_size(${COMPLEX_WEIGHTS_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${COMPLEX_WEIGHTS_GROUP}) {
    var rest = at;
    ${splitWgsl('rest', places, '    ')}
    let w = rhs[params.offset + of_group * params.group + ${feature('out')} * params.outer + ${feature('in')} * params.inner${each(rank, (d) => ` + k${d} * params.stride${d}`, '')}];
    weights[at] = ${value};
  }
}
`;
}
