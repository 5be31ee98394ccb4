@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
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
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) {
    var rest = at; let is_own = true;
    let block_split = split(rest, params.groupBlocks); let block = block_split.y; rest = block_split.x;
    let group_split = split(rest, params.groups); let group = group_split.y; rest = group_split.x;
    let part_split = split(rest, params.line_parts); let part = part_split.y; rest = part_split.x;
    let class_of_split = split(rest, params.line_classes); let class_of = class_of_split.y; rest = class_of_split.x;
    let q0 = rest;
    let feature = block * 2;
    let q_line = class_of + part * 4 * params.line_classes;
    let at_line = params.line_origin + q_line * params.line_classStep;
    
    let at0 = params.origin0 + q0 * params.step0;
    let base = params.xOffset + group * params.xGroup + at0 * params.xStride0;
    let weights0 = params.wOffset + group * params.wGroup + (feature + 0) * params.wFeature;
    let weights1 = params.wOffset + group * params.wGroup + (feature + 1) * params.wFeature;
    var sum0_0 = 0f; var sum0_1 = 0f; var sum0_2 = 0f; var sum0_3 = 0f;
    var sum1_0 = 0f; var sum1_1 = 0f; var sum1_2 = 0f; var sum1_3 = 0f;
    for (var t0 = 0; t0 < params.taps0; t0++) {
      let inside0 = (u32(at0 + t0 * params.tapStep0) < u32(params.size0));
      if (!inside0) { continue; }
      let w0 = weights0 + t0 * params.wStride0; let w1 = weights1 + t0 * params.wStride0;
      let x = base + t0 * params.tapStep0 * params.xStride0;
      var x0 = f32(); var x1 = f32(); var x2 = f32(); var x3 = f32(); var x4 = f32(); var x5 = f32(); var x6 = f32(); var x7 = f32(); var x8 = f32(); var x9 = f32(); var x10 = f32();
      for (var r = 0; r < params.lead; r++) {
        let e = at_line + (0 + r * 1) * params.line_unit; let in = u32(e) < u32(params.line_size);
        x0 = x1; x1 = x2; x2 = select(f32(), lhs_at(x + e * params.line_xStride), in);
      }
      for (var t = 0; t < params.line_taps; t += 8) {
        let first = at_line + t * 1 * params.line_unit;
        let e3 = first + 3 * params.line_unit; let in3 = u32(e3) < u32(params.line_size);
        let e4 = first + 4 * params.line_unit; let in4 = u32(e4) < u32(params.line_size);
        let e5 = first + 5 * params.line_unit; let in5 = u32(e5) < u32(params.line_size);
        let e6 = first + 6 * params.line_unit; let in6 = u32(e6) < u32(params.line_size);
        let e7 = first + 7 * params.line_unit; let in7 = u32(e7) < u32(params.line_size);
        let e8 = first + 8 * params.line_unit; let in8 = u32(e8) < u32(params.line_size);
        let e9 = first + 9 * params.line_unit; let in9 = u32(e9) < u32(params.line_size);
        let e10 = first + 10 * params.line_unit; let in10 = u32(e10) < u32(params.line_size);
        
        x3 = select(f32(), lhs_at(x + e3 * params.line_xStride), in3);
        x4 = select(f32(), lhs_at(x + e4 * params.line_xStride), in4);
        x5 = select(f32(), lhs_at(x + e5 * params.line_xStride), in5);
        x6 = select(f32(), lhs_at(x + e6 * params.line_xStride), in6);
        x7 = select(f32(), lhs_at(x + e7 * params.line_xStride), in7);
        x8 = select(f32(), lhs_at(x + e8 * params.line_xStride), in8);
        x9 = select(f32(), lhs_at(x + e9 * params.line_xStride), in9);
        x10 = select(f32(), lhs_at(x + e10 * params.line_xStride), in10);
        { let w = select(0f, rhs[w0 + (t + 0) * params.line_wStride], (t + 0) < params.line_taps); sum0_0 += x0 * w; sum0_1 += x1 * w; sum0_2 += x2 * w; sum0_3 += x3 * w; } { let w = select(0f, rhs[w1 + (t + 0) * params.line_wStride], (t + 0) < params.line_taps); sum1_0 += x0 * w; sum1_1 += x1 * w; sum1_2 += x2 * w; sum1_3 += x3 * w; }
        { let w = select(0f, rhs[w0 + (t + 1) * params.line_wStride], (t + 1) < params.line_taps); sum0_0 += x1 * w; sum0_1 += x2 * w; sum0_2 += x3 * w; sum0_3 += x4 * w; } { let w = select(0f, rhs[w1 + (t + 1) * params.line_wStride], (t + 1) < params.line_taps); sum1_0 += x1 * w; sum1_1 += x2 * w; sum1_2 += x3 * w; sum1_3 += x4 * w; }
        { let w = select(0f, rhs[w0 + (t + 2) * params.line_wStride], (t + 2) < params.line_taps); sum0_0 += x2 * w; sum0_1 += x3 * w; sum0_2 += x4 * w; sum0_3 += x5 * w; } { let w = select(0f, rhs[w1 + (t + 2) * params.line_wStride], (t + 2) < params.line_taps); sum1_0 += x2 * w; sum1_1 += x3 * w; sum1_2 += x4 * w; sum1_3 += x5 * w; }
        { let w = select(0f, rhs[w0 + (t + 3) * params.line_wStride], (t + 3) < params.line_taps); sum0_0 += x3 * w; sum0_1 += x4 * w; sum0_2 += x5 * w; sum0_3 += x6 * w; } { let w = select(0f, rhs[w1 + (t + 3) * params.line_wStride], (t + 3) < params.line_taps); sum1_0 += x3 * w; sum1_1 += x4 * w; sum1_2 += x5 * w; sum1_3 += x6 * w; }
        { let w = select(0f, rhs[w0 + (t + 4) * params.line_wStride], (t + 4) < params.line_taps); sum0_0 += x4 * w; sum0_1 += x5 * w; sum0_2 += x6 * w; sum0_3 += x7 * w; } { let w = select(0f, rhs[w1 + (t + 4) * params.line_wStride], (t + 4) < params.line_taps); sum1_0 += x4 * w; sum1_1 += x5 * w; sum1_2 += x6 * w; sum1_3 += x7 * w; }
        { let w = select(0f, rhs[w0 + (t + 5) * params.line_wStride], (t + 5) < params.line_taps); sum0_0 += x5 * w; sum0_1 += x6 * w; sum0_2 += x7 * w; sum0_3 += x8 * w; } { let w = select(0f, rhs[w1 + (t + 5) * params.line_wStride], (t + 5) < params.line_taps); sum1_0 += x5 * w; sum1_1 += x6 * w; sum1_2 += x7 * w; sum1_3 += x8 * w; }
        { let w = select(0f, rhs[w0 + (t + 6) * params.line_wStride], (t + 6) < params.line_taps); sum0_0 += x6 * w; sum0_1 += x7 * w; sum0_2 += x8 * w; sum0_3 += x9 * w; } { let w = select(0f, rhs[w1 + (t + 6) * params.line_wStride], (t + 6) < params.line_taps); sum1_0 += x6 * w; sum1_1 += x7 * w; sum1_2 += x8 * w; sum1_3 += x9 * w; }
        { let w = select(0f, rhs[w0 + (t + 7) * params.line_wStride], (t + 7) < params.line_taps); sum0_0 += x7 * w; sum0_1 += x8 * w; sum0_2 += x9 * w; sum0_3 += x10 * w; } { let w = select(0f, rhs[w1 + (t + 7) * params.line_wStride], (t + 7) < params.line_taps); sum1_0 += x7 * w; sum1_1 += x8 * w; sum1_2 += x9 * w; sum1_3 += x10 * w; }
        x0 = x8; x1 = x9; x2 = x10;
      }
    }
    let y = params.yOffset + group * params.yGroup + feature * params.yFeature + q0 * params.yStride0;
    for (var i = 0; i < params.outputs; i++) {
      let q = q_line + i * params.line_classes;
      if (q >= params.line_count || !is_own) { break; }
      if (feature + 0 < params.groupFeatures) { store(y + 0 * params.yFeature + q * params.line_yStride, select(select(select(sum0_0, sum0_1, i == 1), sum0_2, i == 2), sum0_3, i == 3)); }
      if (feature + 1 < params.groupFeatures) { store(y + 1 * params.yFeature + q * params.line_yStride, select(select(select(sum1_0, sum1_1, i == 1), sum1_2, i == 2), sum1_3, i == 3)); }
    }
  }
}
