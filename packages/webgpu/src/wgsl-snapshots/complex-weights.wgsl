@group(0) @binding(0) var<storage, read> rhs: array<vec2f>;
@group(0) @binding(1) var<storage, read_write> weights: array<f32>;
struct Params {
  total: i32,
  outFeatures: i32,
  inFeatures: i32,
  taps: i32,
  offset: i32,
  group: i32,
  outer: i32,
  inner: i32,
  kernel0: i32,
  stride0: i32,
  kernel1: i32,
  stride1: i32,
}
@group(0) @binding(2) var<uniform> params: Params;

fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) {
    var rest = at;
    let out_split = split(rest, params.outFeatures); let out = out_split.y; rest = out_split.x;
    let in_split = split(rest, params.inFeatures); let in = in_split.y; rest = in_split.x;
    let k1_split = split(rest, params.kernel1); let k1 = k1_split.y; rest = k1_split.x;
    let k0_split = split(rest, params.kernel0); let k0 = k0_split.y; rest = k0_split.x;
    let of_group = rest;
    let w = rhs[params.offset + of_group * params.group + out / 2 * params.outer + in / 2 * params.inner + k0 * params.stride0 + k1 * params.stride1];
    weights[at] = select(1f, -1f, in % 2 == 1 && out % 2 == 0) * select(w.x, w.y, in % 2 != out % 2);
  }
}
