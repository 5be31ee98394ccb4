@group(0) @binding(0) var<storage, read> rhs: array<f32>;
@group(0) @binding(1) var<storage, read_write> panels: array<f32>;
struct Params {
  total: i32,
  outFeatures: i32,
  panels: i32,
  segment: i32,
  vectors: i32,
  groupElements: i32,
  place: i32,
  wFeature: i32,
  wOffset: i32,
  wGroup: i32,
  wColumn: i32,
  wTiled0: i32,
  wTiled1: i32,
  window: i32,
  side: i32,
  taps0: i32,
  wStride0: i32,
}
@group(0) @binding(2) var<uniform> params: Params;

fn transform(g0: f32, g1: f32, g2: f32) -> array<f32, 4> {
  let e = (0.5 * (g0 + g2));
  let o = (0.5 * g1);
  let u0 = g0;
  let u1 = (e + o);
  let u2 = (e - o);
  let u3 = g2;
  return array(u0, u1, u2, u3);
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
    var rest = at / 64;
    let vector_split = split(rest, params.vectors); let vector = vector_split.y; rest = vector_split.x;
    let t0_split = split(rest, params.taps0); let t0 = t0_split.y; rest = t0_split.x;
    let panel = rest;
    let feature = vector * 4 + at % 4;
    let column = panel * 16 + at / 4 % 16;
    let inside = column < params.outFeatures && feature < params.segment;
    let origin = params.wOffset + group * params.wGroup + column * params.wColumn + feature * params.wFeature
      + t0 * params.wStride0;
    let place0 = at + group * params.groupElements;
    var c0: array<f32, 4>; var c1: array<f32, 4>; var c2: array<f32, 4>;
    for (var i = 0; i < params.window; i++) {
      let tap = origin + i * params.wTiled1;
      c0 = c1; c1 = c2; c2 = transform(select(0f, rhs[tap + 0 * params.wTiled0], inside), select(0f, rhs[tap + 1 * params.wTiled0], inside), select(0f, rhs[tap + 2 * params.wTiled0], inside));
    }
    for (var row = 0; row < params.side; row++) {
        let v = transform(select(select(select(c0[0], c0[1], row == 1), c0[2], row == 2), c0[3], row == 3), select(select(select(c1[0], c1[1], row == 1), c1[2], row == 2), c1[3], row == 3), select(select(select(c2[0], c2[1], row == 1), c2[2], row == 2), c2[3], row == 3));
        for (var j = 0; j < params.side; j++) { panels[place0 + (row * 4 + j) * params.place] = select(select(select(v[0], v[1], j == 1), v[2], j == 2), v[3], j == 3); }
      }
  }
}
