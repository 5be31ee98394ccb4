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

fn widened(bits: u32) -> u32 { return bits; }
fn load(index: u32) -> u32 { return widened(source[index / 1u]); }

fn to_bfloat16(bits: u32) -> u32 {
  return select((bits + 0x7fffu + ((bits >> 16u) & 1u)) >> 16u, 0x7fc0u, (bits & 0x7fffffffu) > 0x7f800000u);
}
fn converted(bits: u32) -> u32 { return to_bfloat16(bits); }

fn component(element: u32, part: u32) -> u32 {
  let at = element;
  return converted(load(at));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  let end = params.total * 1u;
  for (var word = id.x; word < (end + 1u) / 2u; word += grid.x * 64u) {
    let first = word * 2u;
    words[word] = select(0u, component(first + 0u, 0u) << 0u, first + 0u < end)
      | select(0u, component(first + 1u, 0u) << 16u, first + 1u < end);
  }
}
