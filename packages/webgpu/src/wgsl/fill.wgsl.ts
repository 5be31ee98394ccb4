/** Zeros: what output elements are that no phase of a problem writes. */
import { parametersWgsl } from './parameters.wgsl.ts';

export const FILL_GROUP = 64;
export const FILL_PARAMETERS = ['total'];

/** The shader: the words to clear, parameters. */
export const FILL_WGSL = `@group(0) @binding(0) var<storage, read_write> words: array<u32>;
${parametersWgsl(FILL_PARAMETERS, 1)}

@compute @workgroup_size(${FILL_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${FILL_GROUP}) { words[at] = 0u; }
}
`;
