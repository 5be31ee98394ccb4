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

fn widened(bits: u32) -> u32 { return bitcast<u32>(extractBits(bitcast<i32>(bits), 0u, 8u)); }
fn load(index: u32) -> u32 { return widened(extractBits(source[index / 4u], (index % 4u) * 8u, 8u)); }

fn converted(bits: u32) -> u32 { return bits; }

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
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  let end = params.total * 1u;
  for (var word = id.x; word < (end + 0u) / 1u; word += grid.x * 64u) {
    let first = word * 1u;
    words[word] = component(first / 1u, first % 1u);
  }
}
