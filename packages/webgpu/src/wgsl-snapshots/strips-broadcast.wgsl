enable subgroups;
diagnostic(off, subgroup_uniformity);
@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
@group(0) @binding(1) var<storage, read> rhs: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
struct Params {
  total: i32,
  height: i32,
  groups: i32,
  groupFeatures: i32,
  xOffset: i32,
  xGroup: i32,
  yOffset: i32,
  yGroup: i32,
  yFeature: i32,
  wOffset: i32,
  wGroup: i32,
  wFeature: i32,
  rows: i32,
  registers: i32,
  row_parts: i32,
  row_classes: i32,
  row_count: i32,
  row_origin: i32,
  row_classStep: i32,
  row_unit: i32,
  row_size: i32,
  row_xStride: i32,
  row_yStride: i32,
  row_wStride: i32,
  line_parts: i32,
  line_classes: i32,
  line_count: i32,
  line_origin: i32,
  line_classStep: i32,
  line_unit: i32,
  line_size: i32,
  line_xStride: i32,
  line_yStride: i32,
  line_wStride: i32,
  count0: i32,
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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(subgroup_invocation_id) lane_index: u32) {
  let lane = i32(lane_index);
  for (var start = 0; start < params.total; start += i32(grid.x) * 64) {
    let at = start + i32(id.x);
    var rest = min(at, params.total - 1); let is_own = at < params.total;
    let part_split = split(rest, params.line_parts); let part = part_split.y; rest = part_split.x;
    let line_class_split = split(rest, params.line_classes); let line_class = line_class_split.y; rest = line_class_split.x;
    let strip_split = split(rest, params.row_parts); let strip = strip_split.y; rest = strip_split.x;
    let row_class_split = split(rest, params.row_classes); let row_class = row_class_split.y; rest = row_class_split.x;
    let q0_split = split(rest, params.count0); let q0 = q0_split.y; rest = q0_split.x;
    let feature_split = split(rest, params.groupFeatures); let feature = feature_split.y; rest = feature_split.x;
    let group = rest;
    let weights = params.wOffset + group * params.wGroup + feature * params.wFeature;
    var w0_0 = 0f; var w1_0 = 0f; var w2_0 = 0f;
    for (var r = 0; r < params.rows; r++) { for (var c = 0; c < params.registers; c++) {
      w0_0 = w1_0; w1_0 = w2_0; w2_0 = rhs[weights + r * params.row_wStride + (c * 4 + lane) * params.line_wStride];
    } }
    let q_line = line_class + part * 4 * params.line_classes;
    let line = params.line_origin + q_line * params.line_classStep;
    let e0 = line + 0 * params.line_unit; let in0 = u32(e0) < u32(params.line_size);
    let e1 = line + 1 * params.line_unit; let in1 = u32(e1) < u32(params.line_size);
    let e2 = line + 2 * params.line_unit; let in2 = u32(e2) < u32(params.line_size);
    let e3 = line + 3 * params.line_unit; let in3 = u32(e3) < u32(params.line_size);
    let e4 = line + 4 * params.line_unit; let in4 = u32(e4) < u32(params.line_size);
    let e5 = line + 5 * params.line_unit; let in5 = u32(e5) < u32(params.line_size);
    let q_row = row_class + strip * params.height * params.row_classes;
    let row = params.row_origin + q_row * params.row_classStep;
    let plane = params.xOffset + group * params.xGroup + q0 * params.xStride0;
    let target_plane = params.yOffset + group * params.yGroup + feature * params.yFeature + q0 * params.yStride0;
    var sum0_0 = 0f; var sum0_1 = 0f; var sum0_2 = 0f; var sum0_3 = 0f;
    var sum1_0 = 0f; var sum1_1 = 0f; var sum1_2 = 0f; var sum1_3 = 0f;
    var sum2_0 = 0f; var sum2_1 = 0f; var sum2_2 = 0f; var sum2_3 = 0f;
    for (var i = 0; i < params.height + 2; i++) {
      {
        let e = row + (i * 1 + 0) * params.row_unit;
        let inside = u32(e) < u32(params.row_size);
        let x = plane + e * params.row_xStride;
        let x0 = select(f32(), lhs_at(x + e0 * params.line_xStride), inside & in0);
        let x1 = select(f32(), lhs_at(x + e1 * params.line_xStride), inside & in1);
        let x2 = select(f32(), lhs_at(x + e2 * params.line_xStride), inside & in2);
        let x3 = select(f32(), lhs_at(x + e3 * params.line_xStride), inside & in3);
        let x4 = select(f32(), lhs_at(x + e4 * params.line_xStride), inside & in4);
        let x5 = select(f32(), lhs_at(x + e5 * params.line_xStride), inside & in5);
        { let w = subgroupBroadcast(w0_0, 0u); sum0_0 += x0 * w; sum0_1 += x1 * w; sum0_2 += x2 * w; sum0_3 += x3 * w; }
        { let w = subgroupBroadcast(w0_0, 1u); sum0_0 += x1 * w; sum0_1 += x2 * w; sum0_2 += x3 * w; sum0_3 += x4 * w; }
        { let w = subgroupBroadcast(w0_0, 2u); sum0_0 += x2 * w; sum0_1 += x3 * w; sum0_2 += x4 * w; sum0_3 += x5 * w; }
        { let w = subgroupBroadcast(w1_0, 0u); sum1_0 += x0 * w; sum1_1 += x1 * w; sum1_2 += x2 * w; sum1_3 += x3 * w; }
        { let w = subgroupBroadcast(w1_0, 1u); sum1_0 += x1 * w; sum1_1 += x2 * w; sum1_2 += x3 * w; sum1_3 += x4 * w; }
        { let w = subgroupBroadcast(w1_0, 2u); sum1_0 += x2 * w; sum1_1 += x3 * w; sum1_2 += x4 * w; sum1_3 += x5 * w; }
        { let w = subgroupBroadcast(w2_0, 0u); sum2_0 += x0 * w; sum2_1 += x1 * w; sum2_2 += x2 * w; sum2_3 += x3 * w; }
        { let w = subgroupBroadcast(w2_0, 1u); sum2_0 += x1 * w; sum2_1 += x2 * w; sum2_2 += x3 * w; sum2_3 += x4 * w; }
        { let w = subgroupBroadcast(w2_0, 2u); sum2_0 += x2 * w; sum2_1 += x3 * w; sum2_2 += x4 * w; sum2_3 += x5 * w; }
      }
      let q = q_row + (i - 2) * params.row_classes;
      if (i >= 2 && q < params.row_count && is_own) {
        let y = target_plane + q * params.row_yStride;
        if ((q_line + 0 * params.line_classes) < params.line_count) { store(y + (q_line + 0 * params.line_classes) * params.line_yStride, sum2_0); }
        if ((q_line + 1 * params.line_classes) < params.line_count) { store(y + (q_line + 1 * params.line_classes) * params.line_yStride, sum2_1); }
        if ((q_line + 2 * params.line_classes) < params.line_count) { store(y + (q_line + 2 * params.line_classes) * params.line_yStride, sum2_2); }
        if ((q_line + 3 * params.line_classes) < params.line_count) { store(y + (q_line + 3 * params.line_classes) * params.line_yStride, sum2_3); }
      }
      sum2_0 = sum1_0; sum2_1 = sum1_1; sum2_2 = sum1_2; sum2_3 = sum1_3;
      sum1_0 = sum0_0; sum1_1 = sum0_1; sum1_2 = sum0_2; sum1_3 = sum0_3;
      sum0_0 = 0f; sum0_1 = 0f; sum0_2 = 0f; sum0_3 = 0f;
    }
  }
}
