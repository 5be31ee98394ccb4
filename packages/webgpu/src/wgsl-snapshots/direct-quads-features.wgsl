@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
@group(0) @binding(1) var<storage, read> rhs: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> result: array<vec4<f32>>;
fn store_quad(at: i32, value: vec4<f32>) { result[at >> 2u] = value; }
struct Params {
  total: i32,
  groups: i32,
  batch: i32,
  outFeatures: i32,
  inFeatures: i32,
  lhsGroup: i32,
  lhsOuter: i32,
  lhsInner: i32,
  rhsOffset: i32,
  rhsGroup: i32,
  rhsOuter: i32,
  rhsInner: i32,
  input0: i32,
  kernel0: i32,
  output0: i32,
  stride0: i32,
  padLow0: i32,
  lhsDilation0: i32,
  rhsDilation0: i32,
  lhsStride0: i32,
  rhsStride0: i32,
  input1: i32,
  kernel1: i32,
  output1: i32,
  stride1: i32,
  padLow1: i32,
  lhsDilation1: i32,
  rhsDilation1: i32,
  lhsStride1: i32,
  rhsStride1: i32,
}
@group(0) @binding(3) var<uniform> params: Params;

fn product(a: f32, b: vec4<f32>) -> vec4<f32> {
  return a * b;
}

fn split(a: i32, b: i32) -> vec2i {
  // The first quotient is off by at most 2⁹, the second by 1.
  var quotient = i32(f32(a) / f32(b));
  quotient += i32(floor(f32(a - quotient * b) / f32(b)));
  let rest = a - quotient * b;
  let off = select(select(0, 1, rest >= b), -1, rest < 0);
  return vec2i(quotient + off, rest - off * b);
}

fn sum_of(at: i32) -> vec4<f32> {
  var rest = at;
  let feature_split = split(rest, params.outFeatures); let feature = feature_split.y; rest = feature_split.x;
  let group_split = split(rest, params.groups); let group = group_split.y; rest = group_split.x;
  let q1_split = split(rest, params.output1); let q1 = q1_split.y; rest = q1_split.x;
  let q0_split = split(rest, params.output0); let q0 = q0_split.y; rest = q0_split.x;
  let batch = rest;
  let x = group * params.lhsGroup + batch * params.lhsOuter;
  let w = params.rhsOffset + group * params.rhsGroup + feature * params.rhsOuter;
  let first0 = q0 * params.stride0 - params.padLow0;
  let first1 = q1 * params.stride1 - params.padLow1;
  var sum = vec4<f32>();
  for (var k0 = 0; k0 < params.kernel0; k0++) {
    let dilated0 = first0 + k0 * params.rhsDilation0;
    let i0 = dilated0; let inside0 = u32(i0) < u32(params.input0);
    // Else a zero of padding, or between two elements.
    if (inside0) {
      let x0 = x + i0 * params.lhsStride0;
      let w0 = w + k0 * params.rhsStride0;
      for (var k1 = 0; k1 < params.kernel1; k1++) {
        let dilated1 = first1 + k1 * params.rhsDilation1;
        let i1 = dilated1; let inside1 = u32(i1) < u32(params.input1);
        // Else a zero of padding, or between two elements.
        if (inside1) {
          let x1 = x0 + i1 * params.lhsStride1;
          let w1 = w0 + k1 * params.rhsStride1;
          for (var i = 0; i < params.inFeatures; i++) {
            sum += product(lhs_at(x1 + i * params.lhsInner), rhs[(w1 + i * params.rhsInner) >> 2u]);
          }
        }
      }
    }
  }
  return sum;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) { store_quad(at * 4, sum_of(at)); }
}
