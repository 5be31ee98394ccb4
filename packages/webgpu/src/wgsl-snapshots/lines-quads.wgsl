enable subgroups;
diagnostic(off, subgroup_uniformity);
@group(0) @binding(0) var<storage, read> lhs: array<vec4<f32>>;
fn lhs_quad(at: i32) -> vec4<f32> { return lhs[at >> 2u]; }
@group(0) @binding(1) var<storage, read> rhs: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
struct Params {
  total: i32,
  outputs: i32,
  groups: i32,
  lead: i32,
  groupFeatures: i32,
  xOffset: i32,
  xGroup: i32,
  yOffset: i32,
  yGroup: i32,
  yFeature: i32,
  wOffset: i32,
  wGroup: i32,
  wFeature: i32,
  groupBlocks: i32,
  line_parts: i32,
  line_classes: i32,
  line_count: i32,
  line_origin: i32,
  line_classStep: i32,
  line_unit: i32,
  line_size: i32,
  line_taps: i32,
  line_xStride: i32,
  line_yStride: i32,
  line_wStride: i32,
  count0: i32,
  origin0: i32,
  step0: i32,
  size0: i32,
  taps0: i32,
  tapStep0: i32,
  xStride0: i32,
  yStride0: i32,
  wStride0: i32,
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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(subgroup_invocation_id) lane_index: u32) {
  let lane = i32(lane_index);
  for (var start = 0; start < params.total; start += i32(grid.x) * 64) {
    let at = start + i32(id.x);
    var rest = min(at, params.total - 1); let is_own = at < params.total;
    let part_split = split(rest, params.line_parts); let part = part_split.y; rest = part_split.x;
    let class_of_split = split(rest, params.line_classes); let class_of = class_of_split.y; rest = class_of_split.x;
    let q0_split = split(rest, params.count0); let q0 = q0_split.y; rest = q0_split.x;
    let block_split = split(rest, params.groupBlocks); let block = block_split.y; rest = block_split.x;
    let group = rest;
    let feature = block * 1;
    let q_line = class_of + part * 4 * params.line_classes;
    let at_line = params.line_origin + q_line * params.line_classStep;
    
    let at0 = params.origin0 + q0 * params.step0;
    let base = params.xOffset + group * params.xGroup + at0 * params.xStride0;
    let weights0 = params.wOffset + group * params.wGroup + (feature + 0) * params.wFeature;
    var sum0_0 = 0f; var sum0_1 = 0f; var sum0_2 = 0f; var sum0_3 = 0f;
    for (var t0 = 0; t0 < params.taps0; t0++) {
      let inside0 = (u32(at0 + t0 * params.tapStep0) < u32(params.size0));
      if (!subgroupAny(inside0)) { continue; }
      let w0 = weights0 + t0 * params.wStride0;
      let x = base + t0 * params.tapStep0 * params.xStride0;
      var x0 = vec4<f32>(); var x1 = vec4<f32>(); var x2 = vec4<f32>(); var x3 = vec4<f32>();
      for (var r = 0; r < params.lead; r++) {
        let e = at_line + (-3 + r * 4) * params.line_unit; let in = u32(e) < u32(params.line_size);
        x0 = x1; x1 = select(vec4<f32>(), lhs_quad(x + e * params.line_xStride), inside0 & in);
      }
      for (var t = 0; t < params.line_taps; t += 8) {
        let first = at_line + t * 1 * params.line_unit;
        let e2 = first + 5 * params.line_unit; let in2 = u32(e2) < u32(params.line_size);
        let e3 = first + 9 * params.line_unit; let in3 = u32(e3) < u32(params.line_size);
        let held0_0 = select(0f, rhs[w0 + (t + (0 * 4 + lane)) * params.line_wStride], (t + (0 * 4 + lane)) < params.line_taps); let held0_1 = select(0f, rhs[w0 + (t + (1 * 4 + lane)) * params.line_wStride], (t + (1 * 4 + lane)) < params.line_taps);
        x2 = select(vec4<f32>(), lhs_quad(x + e2 * params.line_xStride), inside0 & in2);
        x3 = select(vec4<f32>(), lhs_quad(x + e3 * params.line_xStride), inside0 & in3);
        { let w = subgroupBroadcast(held0_0, 0u); sum0_0 += x0.w * w; sum0_1 += x1.x * w; sum0_2 += x1.y * w; sum0_3 += x1.z * w; }
        { let w = subgroupBroadcast(held0_0, 1u); sum0_0 += x1.x * w; sum0_1 += x1.y * w; sum0_2 += x1.z * w; sum0_3 += x1.w * w; }
        { let w = subgroupBroadcast(held0_0, 2u); sum0_0 += x1.y * w; sum0_1 += x1.z * w; sum0_2 += x1.w * w; sum0_3 += x2.x * w; }
        { let w = subgroupBroadcast(held0_0, 3u); sum0_0 += x1.z * w; sum0_1 += x1.w * w; sum0_2 += x2.x * w; sum0_3 += x2.y * w; }
        { let w = subgroupBroadcast(held0_1, 0u); sum0_0 += x1.w * w; sum0_1 += x2.x * w; sum0_2 += x2.y * w; sum0_3 += x2.z * w; }
        { let w = subgroupBroadcast(held0_1, 1u); sum0_0 += x2.x * w; sum0_1 += x2.y * w; sum0_2 += x2.z * w; sum0_3 += x2.w * w; }
        { let w = subgroupBroadcast(held0_1, 2u); sum0_0 += x2.y * w; sum0_1 += x2.z * w; sum0_2 += x2.w * w; sum0_3 += x3.x * w; }
        { let w = subgroupBroadcast(held0_1, 3u); sum0_0 += x2.z * w; sum0_1 += x2.w * w; sum0_2 += x3.x * w; sum0_3 += x3.y * w; }
        x0 = x2; x1 = x3;
      }
    }
    let y = params.yOffset + group * params.yGroup + feature * params.yFeature + q0 * params.yStride0;
    for (var i = 0; i < params.outputs; i++) {
      let q = q_line + i * params.line_classes;
      if (q >= params.line_count || !is_own) { break; }
      if (feature + 0 < params.groupFeatures) { store(y + 0 * params.yFeature + q * params.line_yStride, select(select(select(sum0_0, sum0_1, i == 1), sum0_2, i == 2), sum0_3, i == 3)); }
    }
  }
}
