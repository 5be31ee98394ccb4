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

fn load(index: u32) -> u32 {
  let bits = source[index / 1u];
  return bits;
}

fn to_bfloat16(bits: u32) -> u32 {
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0x7fc0u; }
  return (bits + 0x7fffu + ((bits >> 16u) & 1u)) >> 16u;
}
fn converted(bits: u32) -> u32 { return to_bfloat16(bits); }

fn place(element: u32) -> u32 {
  var rest = element;
  var at = params.offset;
  for (var axis = params.rank; axis > 0u; axis--) {
    let size = u32(params.axes[axis - 1u]);
    at += i32(rest % size) * params.axes[params.rank + axis - 1u];
    rest /= size;
  }
  return u32(at);
}

fn component(element: u32, part: u32) -> u32 {
  let at = place(element);
  return converted(load(at));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(local_invocation_index) index: u32) {
  let word = (workgroup.x + workgroup.y * grid.x) * 64u + index;
  let first = word * 2u;
  let end = params.total * 1u;
  if (first >= end) { return; }
  var bits = 0u;
  for (var i = 0u; i < 2u && first + i < end; i++) { bits |= component(first + i, 0u) << (i * 16u); }
  words[word] = bits;
}
