@group(0) @binding(0) var<storage, read> lhs: array<f32>;
fn lhs_at(at: i32) -> f32 { return lhs[at]; }
@group(0) @binding(1) var<storage, read_write> tiles: array<f32>;
struct Params {
  total: i32,
  features: i32,
  vectorFeatures: i32,
  run: i32,
  runs: i32,
  offset: i32,
  group: i32,
  feature: i32,
  place: i32,
  planeGroup: i32,
  side: i32,
  outputSide: i32,
  again0: i32,
  again1: i32,
  again2: i32,
  tiles0: i32,
  perClass0: i32,
  classes0: i32,
  origin0: i32,
  step0: i32,
  tapStep0: i32,
  size0: i32,
  stride0: i32,
  tiles1: i32,
  perClass1: i32,
  classes1: i32,
  origin1: i32,
  step1: i32,
  tapStep1: i32,
  size1: i32,
  stride1: i32,
  sliceCount0: i32,
  sliceStride0: i32,
}
@group(0) @binding(2) var<uniform> params: Params;

fn transform(d0: f32, d1: f32, d2: f32, d3: f32) -> array<f32, 4> {
  let v0 = (d0 - d2);
  let v1 = (d1 + d2);
  let v2 = (d2 - d1);
  let v3 = (d1 - d3);
  return array(v0, v1, v2, v3);
}

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
  let group = i32(id.z);
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * 64) {
    var rest = at;
    let feature_split = split(rest, params.vectorFeatures); let feature = feature_split.y; rest = feature_split.x;
    let run_split = split(rest, params.runs); let run = run_split.y; rest = run_split.x;
    let class1_split = split(rest, params.classes1); let class1 = class1_split.y; rest = class1_split.x;
    let tile0_split = split(rest, params.tiles0); let tile0 = tile0_split.y; rest = tile0_split.x;
    let slice = rest;
    var rest_slice = slice;
    let slice0 = rest_slice;
    var rest_tile = tile0; let in_class0_split = split(rest_tile, params.perClass0); let in_class0 = in_class0_split.y; rest_tile = in_class0_split.x;
    let class0 = rest_tile; let q0 = class0 + in_class0 * 2 * params.classes0;
    let base = params.offset + group * params.group + feature * params.feature + slice0 * params.sliceStride0;
    let tiles_at = ((slice * params.tiles0 + tile0) * params.tiles1 + class1 * params.perClass1) * params.vectorFeatures;
    let first = run * params.run;
    let e0 = params.origin0 + q0 * params.step0 + 0 * params.tapStep0; let in0 = u32(e0) < u32(params.size0);
    let e1 = params.origin0 + q0 * params.step0 + 1 * params.tapStep0; let in1 = u32(e1) < u32(params.size0);
    let e2 = params.origin0 + q0 * params.step0 + 2 * params.tapStep0; let in2 = u32(e2) < u32(params.size0);
    let e3 = params.origin0 + q0 * params.step0 + 3 * params.tapStep0; let in3 = u32(e3) < u32(params.size0);
    var c0: array<f32, 4>; var c1: array<f32, 4>; var c2: array<f32, 4>; var c3: array<f32, 4>;
    for (var j = first; j < min(first + params.run, params.perClass1); j++) {
      let place0 = group * params.planeGroup + tiles_at + j * params.vectorFeatures + feature;
      let q1 = class1 + j * 2 * params.classes1;
      // The columns move on; of a tile that is not the first of its run only 2 are new.
      for (var i = select(2, 0, j == first); i < params.side; i++) {
        c0 = c1; c1 = c2; c2 = c3;
        let at = params.origin1 + q1 * params.step1 + i * params.tapStep1;
        let inside = feature < params.features && u32(at) < u32(params.size1);
        c3 = transform(select(0f, lhs_at(base + at * params.stride1 + e0 * params.stride0), inside && in0), select(0f, lhs_at(base + at * params.stride1 + e1 * params.stride0), inside && in1), select(0f, lhs_at(base + at * params.stride1 + e2 * params.stride0), inside && in2), select(0f, lhs_at(base + at * params.stride1 + e3 * params.stride0), inside && in3));
      }
      for (var row = 0; row < params.side; row++) {
        let v = transform(select(select(select(c0[0], c0[1], row == 1), c0[2], row == 2), c0[3], row == 3), select(select(select(c1[0], c1[1], row == 1), c1[2], row == 2), c1[3], row == 3), select(select(select(c2[0], c2[1], row == 1), c2[2], row == 2), c2[3], row == 3), select(select(select(c3[0], c3[1], row == 1), c3[2], row == 2), c3[3], row == 3));
        tiles[place0 + (row * 4 + 0) * params.place] = v[0];
        tiles[place0 + (row * 4 + 1) * params.place] = v[1];
        tiles[place0 + (row * 4 + 2) * params.place] = v[2];
        tiles[place0 + (row * 4 + 3) * params.place] = v[3];
      }
    }
  }
}
