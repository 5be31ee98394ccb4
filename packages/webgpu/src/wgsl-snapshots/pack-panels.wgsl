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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) {
    var rest = at / 16;
    let first = (rest % params.vectors) * 4;
    rest /= params.vectors;
    let t1 = rest % params.taps1; rest /= params.taps1;
    let t0 = rest % params.taps0; rest /= params.taps0;
    let column = (rest % params.panels) * 16 + at % 16;
    let origin = params.wOffset + (rest / params.panels) * params.wGroup + column * params.wColumn
      + t0 * params.wStride0 + t1 * params.wStride1;
    for (var j = 0; j < params.vectorSize; j++) {
      let k = first + j;
      let inside = (column < params.outFeatures) & (k < params.segment);
      let weight = rhs[origin + (k / params.features) * params.wTap + (k % params.features) * params.wFeature];
      panels[at * 4 + j] = select(0f, weight, inside);
    }
  }
}
