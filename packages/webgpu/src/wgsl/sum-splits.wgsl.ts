/** Adds up the copies of a result that workgroups made of parts of one reduction (tiled-gemm.wgsl.ts). */
import { parametersWgsl } from './parameters.wgsl.ts';
import { enableWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

export const SUM_SPLITS_GROUP = 64;
export const SUM_SPLITS_PARAMETERS = ['total', 'splits'];

/** The shader: the copies one after the other, the result, parameters. */
export function sumSplitsWgsl({ computed, out }: Omit<Elements, 'lhs'>): string {
  return `${enableWgsl(out)}@group(0) @binding(0) var<storage, read> parts: array<${computed}>;
${resultWgsl(out, computed, 1)}${parametersWgsl(SUM_SPLITS_PARAMETERS, 2)}

@compute @workgroup_size(${SUM_SPLITS_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${SUM_SPLITS_GROUP}) {
    var sum = parts[at];
    for (var part = 1; part < params.splits; part++) { sum += parts[part * params.total + at]; }
    store(at, sum);
  }
}
`;
}
