@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
@group(0) @binding(1) var<storage, read> rhs: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
struct Params {
  tiles: i32,
  width: i32,
  staged: i32,
  blocks: i32,
  groupFeatures: i32,
  xOffset: i32,
  xGroup: i32,
  yOffset: i32,
  yGroup: i32,
  yFeature: i32,
  wOffset: i32,
  wGroup: i32,
  wFeature: i32,
  row_count: i32,
  row_origin: i32,
  row_step: i32,
  row_size: i32,
  row_taps: i32,
  row_tapStep: i32,
  row_xStride: i32,
  row_yStride: i32,
  row_wStride: i32,
  row_tiles: i32,
  line_count: i32,
  line_origin: i32,
  line_step: i32,
  line_size: i32,
  line_taps: i32,
  line_tapStep: i32,
  line_xStride: i32,
  line_yStride: i32,
  line_wStride: i32,
  line_tiles: i32,
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
var<workgroup> staged: array<f32, 4096>;

fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}

@compute @workgroup_size(16, 8)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let x = i32(local.x);
  let y = i32(local.y);
  let of_group = split(i32(id.y), params.blocks);
  let group = of_group.x;
  let feature = of_group.y * 2;
  for (var tile = i32(id.x); tile < params.tiles; tile += i32(grid.x)) {
    var rest = tile;
    let line_tile_split = split(rest, params.line_tiles); let line_tile = line_tile_split.y; rest = line_tile_split.x;
    let row_tile_split = split(rest, params.row_tiles); let row_tile = row_tile_split.y; rest = row_tile_split.x;
    let q0 = rest;
    let first_line = params.line_origin + line_tile * 64 * params.line_step;
    let first_row = params.row_origin + row_tile * 8 * params.row_step;
    let at0 = params.origin0 + q0 * params.step0;
    var sum0_0 = 0f; var sum0_1 = 0f; var sum0_2 = 0f; var sum0_3 = 0f; var sum1_0 = 0f; var sum1_1 = 0f; var sum1_2 = 0f; var sum1_3 = 0f;
    for (var t0 = 0; t0 < params.taps0; t0++) {
      let inside0 = (u32(at0 + t0 * params.tapStep0) < u32(params.size0));
      if (!inside0) { continue; }
      
      let plane = params.xOffset + group * params.xGroup + (at0 + t0 * params.tapStep0) * params.xStride0;
      let weights = params.wOffset + group * params.wGroup + feature * params.wFeature + t0 * params.wStride0;
      // The last plane is done with, in every invocation.
      workgroupBarrier();
      for (var s = i32(index); s < params.staged; s += 128) {
        let place = split(s, params.width);
        let row = first_row + place.x;
        let column = first_line + place.y;
        let inside = (u32(row) < u32(params.row_size)) & (u32(column) < u32(params.line_size));
        staged[s] = select(0f, lhs_at(plane + row * params.row_xStride + column * params.line_xStride), inside);
      }
      workgroupBarrier();
      for (var r = 0; r < params.row_taps; r++) {
        var seen = (y * params.row_step + r * params.row_tapStep) * params.width + x * params.line_step;
        for (var c = 0; c < params.line_taps; c++) {
          let x0 = staged[seen + 0 * params.line_step]; let x1 = staged[seen + 16 * params.line_step]; let x2 = staged[seen + 32 * params.line_step]; let x3 = staged[seen + 48 * params.line_step];
          seen += params.line_tapStep;
          let w = weights + r * params.row_wStride + c * params.line_wStride;
          { let value = rhs[w + 0 * params.wFeature]; sum0_0 += x0 * value; sum0_1 += x1 * value; sum0_2 += x2 * value; sum0_3 += x3 * value; }
          { let value = rhs[w + 1 * params.wFeature]; sum1_0 += x0 * value; sum1_1 += x1 * value; sum1_2 += x2 * value; sum1_3 += x3 * value; }
        }
      }
    }
    let q_row = row_tile * 8 + y;
    let target_row = params.yOffset + group * params.yGroup + feature * params.yFeature + q_row * params.row_yStride + q0 * params.yStride0;
    if (q_row < params.row_count) {
      let q_0 = line_tile * 64 + 0 + x;
      if (q_0 < params.line_count) {
        if (feature + 0 < params.groupFeatures) { store(target_row + 0 * params.yFeature + q_0 * params.line_yStride, sum0_0); }
        if (feature + 1 < params.groupFeatures) { store(target_row + 1 * params.yFeature + q_0 * params.line_yStride, sum1_0); }
      }
      let q_1 = line_tile * 64 + 16 + x;
      if (q_1 < params.line_count) {
        if (feature + 0 < params.groupFeatures) { store(target_row + 0 * params.yFeature + q_1 * params.line_yStride, sum0_1); }
        if (feature + 1 < params.groupFeatures) { store(target_row + 1 * params.yFeature + q_1 * params.line_yStride, sum1_1); }
      }
      let q_2 = line_tile * 64 + 32 + x;
      if (q_2 < params.line_count) {
        if (feature + 0 < params.groupFeatures) { store(target_row + 0 * params.yFeature + q_2 * params.line_yStride, sum0_2); }
        if (feature + 1 < params.groupFeatures) { store(target_row + 1 * params.yFeature + q_2 * params.line_yStride, sum1_2); }
      }
      let q_3 = line_tile * 64 + 48 + x;
      if (q_3 < params.line_count) {
        if (feature + 0 < params.groupFeatures) { store(target_row + 0 * params.yFeature + q_3 * params.line_yStride, sum0_3); }
        if (feature + 1 < params.groupFeatures) { store(target_row + 1 * params.yFeature + q_3 * params.line_yStride, sum1_3); }
      }
    }
  }
}
