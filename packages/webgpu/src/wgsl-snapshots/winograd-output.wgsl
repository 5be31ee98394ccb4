@group(0) @binding(0) var<storage, read> products: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
fn store(at: i32, value: f32) { result[at] = value; }
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>, 3>;
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
@group(0) @binding(3) var<uniform> params: Params;

fn transform(m0: f32, m1: f32, m2: f32, m3: f32) -> array<f32, 2> {
  let y0 = (m0 + (m1 + m2));
  let y1 = ((m1 - m2) - m3);
  return array(y0, y1);
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
    if (feature >= params.features) { continue; }
    for (var j = first; j < min(first + params.run, params.perClass1); j++) {
      let place0 = group * params.planeGroup + tiles_at + j * params.vectorFeatures + feature;
      let q1 = class1 + j * 2 * params.classes1;
      var c0: array<f32, 2>; var c1: array<f32, 2>; var c2: array<f32, 2>; var c3: array<f32, 2>;
      for (var i = 0; i < params.side; i++) {
        c0 = c1; c1 = c2; c2 = c3;
        c3 = transform(products[place0 + (0 + i) * params.place], products[place0 + (4 + i) * params.place], products[place0 + (8 + i) * params.place], products[place0 + (12 + i) * params.place]);
      }
      var exponent = 0u;
      for (var row = 0; row < params.outputSide; row++) {
        let v = transform(select(c0[0], c0[1], row == 1), select(c1[0], c1[1], row == 1), select(c2[0], c2[1], row == 1), select(c3[0], c3[1], row == 1));
        if ((q0 + row * params.classes0) < params.size0 && (q1 + 0 * params.classes1) < params.size1) { exponent = max(exponent, bitcast<u32>(v[0]) & 0x7f800000u); store(base + (q0 + row * params.classes0) * params.stride0 + (q1 + 0 * params.classes1) * params.stride1, v[0]); }
        if ((q0 + row * params.classes0) < params.size0 && (q1 + 1 * params.classes1) < params.size1) { exponent = max(exponent, bitcast<u32>(v[1]) & 0x7f800000u); store(base + (q0 + row * params.classes0) * params.stride0 + (q1 + 1 * params.classes1) * params.stride1, v[1]); }
      }
      if (exponent == 0x7f800000u) {
        atomicStore(&counts[0], u32(params.again0));
        atomicStore(&counts[1], u32(params.again1));
        atomicStore(&counts[2], u32(params.again2));
      }
    }
  }
}
