struct Params {
  total: u32,
  offset: i32,
  rank: u32,
  // Sizes, then strides, in elements of the source.
  axes: array<i32>,
}
@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> words: array<u32>;
@group(0) @binding(2) var<storage, read> params: Params;

fn from_float16(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffu;
  let shifted = magnitude << 13u;
  // Infinity and NaN have the largest exponent, here and there.
  let usual = shifted + select(0x38000000u, 0x70000000u, magnitude >= 0x7c00u);
  // A subnormal is fraction · 2⁻²⁴, which float32 has as a normal number.
  let small = bitcast<u32>(f32(magnitude) * 5.9604644775390625e-8);
  return ((bits & 0x8000u) << 16u) | select(usual, small, magnitude < 0x400u);
}
fn widened(bits: u32) -> u32 { return from_float16(bits); }
fn load(index: u32) -> u32 { return widened(extractBits(source[index / 2u], (index % 2u) * 16u, 16u)); }

fn converted(bits: u32) -> u32 { return bits; }

fn component(element: u32, part: u32) -> u32 {
  let at = element;
  return converted(load(at));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  let end = params.total * 1u;
  for (var word = id.x; word < (end + 0u) / 1u; word += grid.x * 64u) {
    let first = word * 1u;
    words[word] = component(first / 1u, first % 1u);
  }
}
