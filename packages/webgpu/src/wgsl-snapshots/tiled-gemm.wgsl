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
  count1: i32,
  origin1: i32,
  step1: i32,
  size1: i32,
  taps1: i32,
  tapStep1: i32,
  xStride1: i32,
  yStride1: i32,
  splits: i32,
  splitSteps: i32,
  splitStride: i32,
}
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> pixels_in: array<vec4<f32>, 512>;
var<workgroup> weights_in: array<vec4<f32>, 512>;

fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}

fn y_of(pixel: i32) -> i32 {
  var rest = pixel;
  let q1_split = split(rest, params.count1); let q1 = q1_split.y; rest = q1_split.x;
  let q0 = rest;
  return q0 * params.yStride0 + q1 * params.yStride1;
}

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let index = i32(local.y) * 16 + i32(local.x);
  // What this invocation loads: a vector along the reduction, for one position and one feature.
  let place = index % 64;
  let vector = index / 64;
  let of_split = split(i32(id.z), params.splits);
  let group = of_split.x;
  let panel = (group * params.panels + i32(id.y)) * params.panelWeights;
  let y_base = of_split.y * params.splitStride + params.yOffset + group * params.yGroup;
  let tiles = (params.pixels + 63) / 64;
  let tap_steps = (params.segment + 15) / 16;
  let first_step = of_split.y * params.splitSteps;
  let end_step = min(first_step + params.splitSteps, params.panelWeights / params.tapWeights * tap_steps);
  for (var tile = i32(id.x); tile < tiles; tile += i32(grid.x)) {
    var rest = tile * 64 + place;
    let q1_split = split(rest, params.count1); let q1 = q1_split.y; rest = q1_split.x;
    let q0 = rest;
    let at0 = params.origin0 + q0 * params.step0;
    let at1 = params.origin1 + q1 * params.step1;
    let x = params.xOffset + group * params.xGroup + at0 * params.xStride0 + at1 * params.xStride1;
    let flat = 0;
    var sum0_0 = vec4<f32>(); var sum1_0 = vec4<f32>(); var sum2_0 = vec4<f32>(); var sum3_0 = vec4<f32>();
    var x_in = vec4<f32>(); var w_in = vec4<f32>();
    var tap = first_step / tap_steps; var k = first_step % tap_steps * 16; var buffer = 0;
    var rest_taps = tap;
    let first_t1_split = split(rest_taps, params.taps1); let first_t1 = first_t1_split.y; rest_taps = first_t1_split.x;
    let first_t0 = rest_taps;
    var t0 = first_t0; var t1 = first_t1;
    {
      {
        let k0 = k + vector * 4;
        let inside = k0 < params.segment && u32(at0 + t0 * params.tapStep0) < u32(params.size0) && u32(at1 + t1 * params.tapStep1) < u32(params.size1);
        let source = x + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        x_in = select(vec4<f32>(), lhs_quad(source + k0), inside);
        w_in = select(vec4<f32>(), weights[panel + tap * params.tapWeights + k0 / 4 * 64 + place], k0 < params.segment);
      }
      {
        let at = buffer * 256 + (vector * 4 + 0) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.x;
        weights_in[at][place % 4] = w_in.x;
      }
      {
        let at = buffer * 256 + (vector * 4 + 1) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.y;
        weights_in[at][place % 4] = w_in.y;
      }
      {
        let at = buffer * 256 + (vector * 4 + 2) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.z;
        weights_in[at][place % 4] = w_in.z;
      }
      {
        let at = buffer * 256 + (vector * 4 + 3) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.w;
        weights_in[at][place % 4] = w_in.w;
      }
    }
    workgroupBarrier();
    for (var step = first_step; step < end_step; step++) {
      k += 16;
      if (k >= params.segment) { k = 0; tap++; t1++; if (t1 == params.taps1) { t1 = 0; t0++; } }
      let is_last = step + 1 == end_step;
      if (!is_last) {
      {
        let k0 = k + vector * 4;
        let inside = k0 < params.segment && u32(at0 + t0 * params.tapStep0) < u32(params.size0) && u32(at1 + t1 * params.tapStep1) < u32(params.size1);
        let source = x + t0 * params.tapStep0 * params.xStride0 + t1 * params.tapStep1 * params.xStride1;
        x_in = select(vec4<f32>(), lhs_quad(source + k0), inside);
        w_in = select(vec4<f32>(), weights[panel + tap * params.tapWeights + k0 / 4 * 64 + place], k0 < params.segment);
      }
      }
      for (var d = 0; d < 16; d++) {
        let a0 = pixels_in[buffer * 256 + d * 16 + i32(local.y) + 0];
        let b0 = weights_in[buffer * 256 + d * 16 + i32(local.x) + 0];
        sum0_0 += a0.x * b0;
        sum1_0 += a0.y * b0;
        sum2_0 += a0.z * b0;
        sum3_0 += a0.w * b0;
      }
      buffer = 1 - buffer;
      if (!is_last) {
      {
        let at = buffer * 256 + (vector * 4 + 0) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.x;
        weights_in[at][place % 4] = w_in.x;
      }
      {
        let at = buffer * 256 + (vector * 4 + 1) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.y;
        weights_in[at][place % 4] = w_in.y;
      }
      {
        let at = buffer * 256 + (vector * 4 + 2) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.z;
        weights_in[at][place % 4] = w_in.z;
      }
      {
        let at = buffer * 256 + (vector * 4 + 3) * 16 + place / 4;
        pixels_in[at][place % 4] = x_in.w;
        weights_in[at][place % 4] = w_in.w;
      }
      }
      workgroupBarrier();
    }
    {
      let pixel = tile * 64 + i32(local.y) * 4 + 0;
      if (pixel < params.pixels) {
        let y = y_base + y_of(pixel);
        for (var j = 0; j < 4; j++) {
          let column = i32(id.y) * 64 + i32(local.x) * 4 + 0 + j;
          if (column < params.columns) { store(y + column * params.yColumn, sum0_0[j]); }
        }
      }
    }
    {
      let pixel = tile * 64 + i32(local.y) * 4 + 1;
      if (pixel < params.pixels) {
        let y = y_base + y_of(pixel);
        for (var j = 0; j < 4; j++) {
          let column = i32(id.y) * 64 + i32(local.x) * 4 + 0 + j;
          if (column < params.columns) { store(y + column * params.yColumn, sum1_0[j]); }
        }
      }
    }
    {
      let pixel = tile * 64 + i32(local.y) * 4 + 2;
      if (pixel < params.pixels) {
        let y = y_base + y_of(pixel);
        for (var j = 0; j < 4; j++) {
          let column = i32(id.y) * 64 + i32(local.x) * 4 + 0 + j;
          if (column < params.columns) { store(y + column * params.yColumn, sum2_0[j]); }
        }
      }
    }
    {
      let pixel = tile * 64 + i32(local.y) * 4 + 3;
      if (pixel < params.pixels) {
        let y = y_base + y_of(pixel);
        for (var j = 0; j < 4; j++) {
          let column = i32(id.y) * 64 + i32(local.x) * 4 + 0 + j;
          if (column < params.columns) { store(y + column * params.yColumn, sum3_0[j]); }
        }
      }
    }
  }
}
