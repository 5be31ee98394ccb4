struct Dimension {
  input: i32,
  kernel: i32,
  output: i32,
  stride: i32,
  padLow: i32,
  lhsDilation: i32,
  rhsDilation: i32,
  lhsStride: i32,
  rhsStride: i32,
  outStride: i32,
}
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
  outGroup: i32,
  outOuter: i32,
  outInner: i32,
  spatial: array<Dimension, 3>,
}
@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
@group(0) @binding(1) var<storage, read> rhs: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
@group(0) @binding(3) var<storage, read> params: Params;

fn product(a: f32, b: f32) -> f32 {
  return a * b;
}

fn sum_of(at: i32) -> f32 {
  // The result is contiguous: a position along an axis is what is left of the element's number, divided by the axis's stride.
  let g = (at / params.outGroup) % params.groups;
  let b = (at / params.outOuter) % params.batch;
  let o = (at / params.outInner) % params.outFeatures;
  let x = g * params.lhsGroup + b * params.lhsOuter;
  let w = params.rhsOffset + g * params.rhsGroup + o * params.rhsOuter;
  let first0 = (at / params.spatial[0].outStride) % params.spatial[0].output * params.spatial[0].stride - params.spatial[0].padLow;
  let first1 = (at / params.spatial[1].outStride) % params.spatial[1].output * params.spatial[1].stride - params.spatial[1].padLow;
  let first2 = (at / params.spatial[2].outStride) % params.spatial[2].output * params.spatial[2].stride - params.spatial[2].padLow;

  var sum = f32();
  for (var k0 = 0; k0 < params.spatial[0].kernel; k0++) {
    let dilated0 = first0 + k0 * params.spatial[0].rhsDilation;
    let i0 = dilated0 / params.spatial[0].lhsDilation;
    // A zero of padding, or between two elements.
    if (dilated0 < 0 || i0 >= params.spatial[0].input || i0 * params.spatial[0].lhsDilation != dilated0) { continue; }
    let x0 = x + i0 * params.spatial[0].lhsStride;
    let w0 = w + k0 * params.spatial[0].rhsStride;
    for (var k1 = 0; k1 < params.spatial[1].kernel; k1++) {
      let dilated1 = first1 + k1 * params.spatial[1].rhsDilation;
      let i1 = dilated1 / params.spatial[1].lhsDilation;
      // A zero of padding, or between two elements.
      if (dilated1 < 0 || i1 >= params.spatial[1].input || i1 * params.spatial[1].lhsDilation != dilated1) { continue; }
      let x1 = x0 + i1 * params.spatial[1].lhsStride;
      let w1 = w0 + k1 * params.spatial[1].rhsStride;
      for (var k2 = 0; k2 < params.spatial[2].kernel; k2++) {
        let dilated2 = first2 + k2 * params.spatial[2].rhsDilation;
        let i2 = dilated2 / params.spatial[2].lhsDilation;
        // A zero of padding, or between two elements.
        if (dilated2 < 0 || i2 >= params.spatial[2].input || i2 * params.spatial[2].lhsDilation != dilated2) { continue; }
        let x2 = x1 + i2 * params.spatial[2].lhsStride;
        let w2 = w1 + k2 * params.spatial[2].rhsStride;
        for (var i = 0; i < params.inFeatures; i++) {
          sum += product(lhs_at(x2 + i * params.lhsInner), rhs[w2 + i * params.rhsInner]);
        }
      }
    }
  }
  return sum;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) { store(at, sum_of(at)); }
}
