/**
 * A strided reading of a tensor, cast and conjugated on the way: `rearrange`, and every conversion between what tensors are stored as
 * and what kernels compute in. An invocation writes whole words, of up to four elements, so that no two write to the same.
 */
import { DTYPES, type DType } from '@laxconv/api/backend';
import { castWgsl, componentBytes, loadWgsl } from './elements.wgsl.ts';
import { each } from './parameters.wgsl.ts';

export const COPY_GROUP = 64;

/** What differs in the text of the shader; shapes and strides do not. */
export interface CopyShape {
  readonly from: DType;
  readonly to: DType;
  readonly conjugate: boolean;
  /** Every element, in the order in which they lie: nothing is looked up, let alone divided. */
  readonly isWhole: boolean;
}

/** The shader: source, target, parameters (elements, offset, rank, sizes, strides). */
export function copyWgsl({ from, to, conjugate, isWhole }: CopyShape): string {
  const bytes = componentBytes(to);
  const perWord = 4 / bytes;
  const parts = DTYPES[to].components;
  return `struct Params {
  total: u32,
  offset: i32,
  rank: u32,
  // Sizes, then strides, in elements of the source.
  axes: array<i32>,
}
@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> words: array<u32>;
@group(0) @binding(2) var<storage, read> params: Params;

${loadWgsl(from)}
${castWgsl(from, to, 'converted')}
${isWhole ? '' : PLACE}fn component(element: u32, part: u32) -> u32 {
  let at = ${isWhole ? 'element' : 'place(element)'};
  ${componentOf(from, to, conjugate)}
}

@compute @workgroup_size(${COPY_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  let end = params.total * ${parts}u;
  for (var word = id.x; word < (end + ${perWord - 1}u) / ${perWord}u; word += grid.x * ${COPY_GROUP}u) {
    let first = word * ${perWord}u;
${
  perWord === 1
    ? `    words[word] = component(first / ${parts}u, first % ${parts}u);`
    : `    words[word] = ${each(perWord, (i) => `select(0u, component(first + ${i}u, 0u) << ${i * 8 * bytes}u, first + ${i}u < end)`, '\n      | ')};`
}
  }
}
`;
}

/** Where an element of the reading lies in the source. */
const PLACE = `fn place(element: u32) -> u32 {
  var rest = element;
  var at = params.offset;
  for (var axis = params.rank; axis > 0u; axis--) {
    let size = u32(params.axes[axis - 1u]);
    at += i32(rest % size) * params.axes[params.rank + axis - 1u];
    rest /= size;
  }
  return u32(at);
}

`;

function componentOf(from: DType, to: DType, conjugate: boolean): string {
  const isComplex = DTYPES[from].components === 2;
  if (DTYPES[to].components === 2) {
    // A real source leaves the imaginary parts at zero.
    if (!isComplex) return 'return select(converted(load(at)), 0u, part == 1u);';
    return `return converted(load(2u * at + part))${conjugate ? ' ^ (part << 31u)' : ''};`;
  }
  if (!isComplex) return 'return converted(load(at));';
  // A real target drops the imaginary part, but a complex number is true if either part is.
  return to === 'bool' ? 'return converted(load(2u * at)) | converted(load(2u * at + 1u));' : 'return converted(load(2u * at));';
}
