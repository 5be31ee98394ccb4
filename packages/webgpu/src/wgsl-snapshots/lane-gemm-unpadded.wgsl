enable subgroups;
diagnostic(off, subgroup_uniformity);
@group(0) @binding(0) var<storage, read> lhs: array<vec4<f32>>;
fn lhs_quad(at: i32) -> vec4<f32> { return lhs[at >> 2u]; }
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
struct Params {
  pixels: i32,
  tilePixels: i32,
  columns: i32,
  segment: i32,
  kStride: i32,
  flatScale: i32,
  flatStep: i32,
  flatSize: i32,
  tapWeights: i32,
  panelWeights: i32,
  panels: i32,
  xOffset: i32,
  xGroup: i32,
  yOffset: i32,
  yGroup: i32,
  yColumn: i32,
  count0: i32,
  origin0: i32,
  step0: i32,
  size0: i32,
  taps0: i32,
  tapStep0: i32,
  xStride0: i32,
  yStride0: i32,
}
@group(0) @binding(3) var<uniform> params: Params;
fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}

@compute @workgroup_size(4)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let lane = i32(index);
  let group = i32(id.z);
  let column = i32(id.y) * 4 + lane;
  let tiles = (params.pixels + 3) / 4;
  for (var tile = i32(id.x); tile < tiles; tile += i32(grid.x)) {
    var rest0 = tile * 4 + 0 + lane;
    let q0_0 = rest0;
    let at0_0 = params.origin0 + q0_0 * params.step0;
    let x0 = params.xOffset + group * params.xGroup + at0_0 * params.xStride0;
    let y0 = params.yOffset + group * params.yGroup + q0_0 * params.yStride0;
    let flat0 = 0;
    var sum0_0 = 0f;
    var sum1_0 = 0f;
    var sum2_0 = 0f;
    var sum3_0 = 0f;
    var w = (group * params.panels + i32(id.y)) * params.panelWeights + lane;
    for (var t0 = 0; t0 < params.taps0; t0++) {

        let from0 = x0 + t0 * params.tapStep0 * params.xStride0;
        
        for (var k = 0; k < params.segment; k += 4) {
          let in0 = lhs_quad(from0 + k);
          let w0 = weights[w + 0];
          w += 4;
          { let value = subgroupBroadcast(in0.x, 0u); sum0_0 += value * w0.x; }
          { let value = subgroupBroadcast(in0.x, 1u); sum1_0 += value * w0.x; }
          { let value = subgroupBroadcast(in0.x, 2u); sum2_0 += value * w0.x; }
          { let value = subgroupBroadcast(in0.x, 3u); sum3_0 += value * w0.x; }
          { let value = subgroupBroadcast(in0.y, 0u); sum0_0 += value * w0.y; }
          { let value = subgroupBroadcast(in0.y, 1u); sum1_0 += value * w0.y; }
          { let value = subgroupBroadcast(in0.y, 2u); sum2_0 += value * w0.y; }
          { let value = subgroupBroadcast(in0.y, 3u); sum3_0 += value * w0.y; }
          { let value = subgroupBroadcast(in0.z, 0u); sum0_0 += value * w0.z; }
          { let value = subgroupBroadcast(in0.z, 1u); sum1_0 += value * w0.z; }
          { let value = subgroupBroadcast(in0.z, 2u); sum2_0 += value * w0.z; }
          { let value = subgroupBroadcast(in0.z, 3u); sum3_0 += value * w0.z; }
          { let value = subgroupBroadcast(in0.w, 0u); sum0_0 += value * w0.w; }
          { let value = subgroupBroadcast(in0.w, 1u); sum1_0 += value * w0.w; }
          { let value = subgroupBroadcast(in0.w, 2u); sum2_0 += value * w0.w; }
          { let value = subgroupBroadcast(in0.w, 3u); sum3_0 += value * w0.w; }
        }
}
    for (var p = 0; p < min(params.tilePixels, params.pixels - tile * 4); p++) {
      let y = subgroupShuffle(y0, u32(p % 4));
      if (column + 0 < params.columns) { store(y + (column + 0) * params.yColumn, select(select(select(sum0_0, sum1_0, p == 1), sum2_0, p == 2), sum3_0, p == 3)); }
    }
  }
}
