@group(0) @binding(0) var<storage, read> lhs: array<u32>;
fn widened(bits: u32) -> u32 { return bitcast<u32>(extractBits(bitcast<i32>(bits), 0u, 8u)); }
fn computed(bits: u32) -> u32 { return bits; }
fn lhs_at(at: i32) -> i32 { return bitcast<i32>(computed(widened(extractBits(lhs[at >> 2u], u32(at & 3) * 8u, 8u)))); }
@group(0) @binding(1) var<storage, read> weights: array<vec2<i32>>;
@group(0) @binding(2) var<storage, read_write> result: array<i32>;
fn store(at: i32, value: i32) { result[at] = value; }
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
  count1: i32,
  origin1: i32,
  step1: i32,
  size1: i32,
  taps1: i32,
  tapStep1: i32,
  xStride1: i32,
  yStride1: i32,
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
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let lane = 0;
  let group = i32(id.z);
  let column = i32(id.y) * 4 + lane;
  let tiles = (params.pixels + 3) / 4;
  for (var tile = i32(id.x) * 64 + i32(index); tile < tiles; tile += i32(grid.x) * 64) {
    var rest0 = tile * 4 + 0 + lane;
    let q0_1_split = split(rest0, params.count1); let q0_1 = q0_1_split.y; rest0 = q0_1_split.x;
    let q0_0 = rest0;
    let at0_0 = params.origin0 + q0_0 * params.step0;
    let at0_1 = params.origin1 + q0_1 * params.step1;
    let x0 = params.xOffset + group * params.xGroup + at0_0 * params.xStride0 + at0_1 * params.xStride1;
    let y0 = params.yOffset + group * params.yGroup + q0_0 * params.yStride0 + q0_1 * params.yStride1;
    let flat0 = at0_1 * params.flatScale;
    var rest1 = tile * 4 + 1 + lane;
    let q1_1_split = split(rest1, params.count1); let q1_1 = q1_1_split.y; rest1 = q1_1_split.x;
    let q1_0 = rest1;
    let at1_0 = params.origin0 + q1_0 * params.step0;
    let at1_1 = params.origin1 + q1_1 * params.step1;
    let x1 = params.xOffset + group * params.xGroup + at1_0 * params.xStride0 + at1_1 * params.xStride1;
    let y1 = params.yOffset + group * params.yGroup + q1_0 * params.yStride0 + q1_1 * params.yStride1;
    let flat1 = at1_1 * params.flatScale;
    var rest2 = tile * 4 + 2 + lane;
    let q2_1_split = split(rest2, params.count1); let q2_1 = q2_1_split.y; rest2 = q2_1_split.x;
    let q2_0 = rest2;
    let at2_0 = params.origin0 + q2_0 * params.step0;
    let at2_1 = params.origin1 + q2_1 * params.step1;
    let x2 = params.xOffset + group * params.xGroup + at2_0 * params.xStride0 + at2_1 * params.xStride1;
    let y2 = params.yOffset + group * params.yGroup + q2_0 * params.yStride0 + q2_1 * params.yStride1;
    let flat2 = at2_1 * params.flatScale;
    var rest3 = tile * 4 + 3 + lane;
    let q3_1_split = split(rest3, params.count1); let q3_1 = q3_1_split.y; rest3 = q3_1_split.x;
    let q3_0 = rest3;
    let at3_0 = params.origin0 + q3_0 * params.step0;
    let at3_1 = params.origin1 + q3_1 * params.step1;
    let x3 = params.xOffset + group * params.xGroup + at3_0 * params.xStride0 + at3_1 * params.xStride1;
    let y3 = params.yOffset + group * params.yGroup + q3_0 * params.yStride0 + q3_1 * params.yStride1;
    let flat3 = at3_1 * params.flatScale;
    var sum0_0 = 0i; var sum0_1 = 0i; var sum0_2 = 0i; var sum0_3 = 0i;
    var sum1_0 = 0i; var sum1_1 = 0i; var sum1_2 = 0i; var sum1_3 = 0i;
    var sum2_0 = 0i; var sum2_1 = 0i; var sum2_2 = 0i; var sum2_3 = 0i;
    var sum3_0 = 0i; var sum3_1 = 0i; var sum3_2 = 0i; var sum3_3 = 0i;
    var w = (group * params.panels + i32(id.y)) * params.panelWeights + lane;
    for (var t0 = 0; t0 < params.taps0; t0++) {
for (var t1 = 0; t1 < params.taps1; t1++) {

        let from0 = x0 + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        let from1 = x1 + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        let from2 = x2 + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        let from3 = x3 + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        let inside0 = (u32(at0_0 + t0 * params.tapStep0) < u32(params.size0));
        let inside1 = (u32(at1_0 + t0 * params.tapStep0) < u32(params.size0));
        let inside2 = (u32(at2_0 + t0 * params.tapStep0) < u32(params.size0));
        let inside3 = (u32(at3_0 + t0 * params.tapStep0) < u32(params.size0));
        if (!(inside0 | inside1 | inside2 | inside3)) { w += params.tapWeights; continue; }
        for (var k = 0; k < params.segment; k += 2) {
          var in0 = vec2<i32>();
          in0.x = select(0i, lhs_at(from0 + (k + 0) * params.kStride), inside0 & (u32(flat0 + (k + 0) * params.flatStep) < u32(params.flatSize)));
          in0.y = select(0i, lhs_at(from0 + (k + 1) * params.kStride), inside0 & (u32(flat0 + (k + 1) * params.flatStep) < u32(params.flatSize)));
          var in1 = vec2<i32>();
          in1.x = select(0i, lhs_at(from1 + (k + 0) * params.kStride), inside1 & (u32(flat1 + (k + 0) * params.flatStep) < u32(params.flatSize)));
          in1.y = select(0i, lhs_at(from1 + (k + 1) * params.kStride), inside1 & (u32(flat1 + (k + 1) * params.flatStep) < u32(params.flatSize)));
          var in2 = vec2<i32>();
          in2.x = select(0i, lhs_at(from2 + (k + 0) * params.kStride), inside2 & (u32(flat2 + (k + 0) * params.flatStep) < u32(params.flatSize)));
          in2.y = select(0i, lhs_at(from2 + (k + 1) * params.kStride), inside2 & (u32(flat2 + (k + 1) * params.flatStep) < u32(params.flatSize)));
          var in3 = vec2<i32>();
          in3.x = select(0i, lhs_at(from3 + (k + 0) * params.kStride), inside3 & (u32(flat3 + (k + 0) * params.flatStep) < u32(params.flatSize)));
          in3.y = select(0i, lhs_at(from3 + (k + 1) * params.kStride), inside3 & (u32(flat3 + (k + 1) * params.flatStep) < u32(params.flatSize)));
          let w0 = weights[w + 0];
          let w1 = weights[w + 1];
          let w2 = weights[w + 2];
          let w3 = weights[w + 3];
          w += 4;
          { let value = in0.x; sum0_0 += value * w0.x; sum0_1 += value * w1.x; sum0_2 += value * w2.x; sum0_3 += value * w3.x; }
          { let value = in1.x; sum1_0 += value * w0.x; sum1_1 += value * w1.x; sum1_2 += value * w2.x; sum1_3 += value * w3.x; }
          { let value = in2.x; sum2_0 += value * w0.x; sum2_1 += value * w1.x; sum2_2 += value * w2.x; sum2_3 += value * w3.x; }
          { let value = in3.x; sum3_0 += value * w0.x; sum3_1 += value * w1.x; sum3_2 += value * w2.x; sum3_3 += value * w3.x; }
          { let value = in0.y; sum0_0 += value * w0.y; sum0_1 += value * w1.y; sum0_2 += value * w2.y; sum0_3 += value * w3.y; }
          { let value = in1.y; sum1_0 += value * w0.y; sum1_1 += value * w1.y; sum1_2 += value * w2.y; sum1_3 += value * w3.y; }
          { let value = in2.y; sum2_0 += value * w0.y; sum2_1 += value * w1.y; sum2_2 += value * w2.y; sum2_3 += value * w3.y; }
          { let value = in3.y; sum3_0 += value * w0.y; sum3_1 += value * w1.y; sum3_2 += value * w2.y; sum3_3 += value * w3.y; }
        }
}
}
    for (var p = 0; p < min(params.tilePixels, params.pixels - tile * 4); p++) {
      let y = select(select(select(y0, y1, p == 1), y2, p == 2), y3, p == 3);
      if (column + 0 < params.columns) { store(y + (column + 0) * params.yColumn, select(select(select(sum0_0, sum1_0, p == 1), sum2_0, p == 2), sum3_0, p == 3)); }
      if (column + 1 < params.columns) { store(y + (column + 1) * params.yColumn, select(select(select(sum0_1, sum1_1, p == 1), sum2_1, p == 2), sum3_1, p == 3)); }
      if (column + 2 < params.columns) { store(y + (column + 2) * params.yColumn, select(select(select(sum0_2, sum1_2, p == 1), sum2_2, p == 2), sum3_2, p == 3)); }
      if (column + 3 < params.columns) { store(y + (column + 3) * params.yColumn, select(select(select(sum0_3, sum1_3, p == 1), sum2_3, p == 2), sum3_3, p == 3)); }
    }
  }
}
