@group(0) @binding(0) var<storage, read_write> words: array<u32>;
struct Params {
  total: i32,
}
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) { words[at] = 0u; }
}
