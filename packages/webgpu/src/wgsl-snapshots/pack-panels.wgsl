@group(0) @binding(0) var<storage, read> rhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> panels: array<f32>;
struct Params {
  total: i32,
  outFeatures: i32,
  panels: i32,
  segment: i32,
  vectors: i32,
  vectorSize: i32,
  features: i32,
  wTap: i32,
  wFeature: i32,
  wOffset: i32,
  wGroup: i32,
  wColumn: i32,
  taps0: i32,
  wStride0: i32,
  taps1: i32,
  wStride1: i32,
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
    var rest = at / 16;
    let vector_split = split(rest, params.vectors); let vector = vector_split.y; rest = vector_split.x;
    let t1_split = split(rest, params.taps1); let t1 = t1_split.y; rest = t1_split.x;
    let t0_split = split(rest, params.taps0); let t0 = t0_split.y; rest = t0_split.x;
    let panel_split = split(rest, params.panels); let panel = panel_split.y; rest = panel_split.x;
    let group = rest;
    let column = panel * 16 + at % 16;
    let origin = params.wOffset + group * params.wGroup + column * params.wColumn
      + t0 * params.wStride0 + t1 * params.wStride1;
    for (var j = 0; j < params.vectorSize; j++) {
      let k = vector * 4 + j;
      var of_k = k;
      let inside = (column < params.outFeatures) & (k < params.segment);
      let feature_split = split(of_k, params.features); let feature = feature_split.y; of_k = feature_split.x;
      let tap = of_k;
      let weight = rhs[origin + tap * params.wTap + feature * params.wFeature];
      panels[at * 4 + j] = select(0f, weight, inside);
    }
  }
}
