/**
 * Operands and results as they lie in buffers, for kernels that compute in 32 bits: `lhs_at`, `lhs_quad` and `store` convert where the
 * elements are others, in integers (elements.wgsl.ts): WGSL's own conversion of f16 may flush subnormal numbers, which matter in a sum,
 * and round either way. Two elements of 16 bits share a word, which two invocations cannot write at once: a narrow result takes a pass of
 * its own (copy.wgsl.ts), but for float16 where the device has f16.
 */
import type { DType } from '@laxconv/api/backend';
import { DTYPE_OF, isStoredAs, TYPE_OF, type Arithmetic } from '../lower/arithmetic.ts';
import { castWgsl, componentBytes, widenWgsl } from './elements.wgsl.ts';
import { each, type Element } from './parameters.wgsl.ts';

/** The dtypes in which a kernel reads lhs and writes the result: what it computes in, or a narrower one. */
export interface StoredTensors {
  readonly lhs: DType;
  /** Of the narrow ones float16 alone, with the feature shader-f16. */
  readonly out: DType;
}

/** What a kernel of real numbers reads, computes in, and writes. */
export interface Elements extends StoredTensors {
  readonly computed: Element;
}

/** The first lines of a shader with a result of `out`, with subgroups or without: what it needs of the device. */
export function enableWgsl(out: DType, hasSubgroups = false): string {
  const half = out === 'float16' ? 'enable f16;\n' : '';
  return hasSubgroups ? `enable subgroups;\n${half}diagnostic(off, subgroup_uniformity);\n` : half;
}

/**
 * Binding 0, and `lhs_at(at)`: element `at` as what the kernel computes in; where it is read in vectors, `lhs_quad(at)`: four neighbours
 * from `at` on, a multiple of 4.
 */
export function lhsWgsl(dtype: DType, arithmetic: Arithmetic, isVector = false): string {
  const computed = TYPE_OF[arithmetic];
  const [name, type] = isVector ? ['lhs_quad', `vec4<${computed}>`] : ['lhs_at', computed];
  const declared = (element: string): string => `@group(0) @binding(0) var<storage, read> lhs: array<${element}>;\n`;
  const reading = (body: string): string => `fn ${name}(at: i32) -> ${type} { ${body} }\n`;
  if (isStoredAs(dtype, arithmetic)) return declared(type) + reading(`return lhs[${isVector ? 'at >> 2u' : 'at'}];`);
  const bytes = componentBytes(dtype);
  const [perWord, width] = [4 / bytes, 8 * bytes];
  const functions = `${widenWgsl(dtype)}${castWgsl(dtype, DTYPE_OF[arithmetic], 'computed')}`;
  const element = (word: string, place: string): string => {
    const bits = perWord === 1 ? word : `extractBits(${word}, ${place}, ${width}u)`;
    return `bitcast<${computed}>(computed(widened(${bits})))`;
  };
  if (!isVector) {
    const at = element(perWord === 1 ? 'lhs[at]' : `lhs[at >> ${Math.log2(perWord)}u]`, `u32(at & ${perWord - 1}) * ${width}u`);
    return declared('u32') + functions + reading(`return ${at};`);
  }
  const words = 4 / perWord;
  const elements = each(
    4,
    (j) => element(words === 1 ? 'words' : `words.${'xyzw'[Math.floor(j / perWord)]}`, `${(j % perWord) * width}u`),
    ', ',
  );
  return (
    declared(words === 1 ? 'u32' : `vec${words}<u32>`) + functions + reading(`let words = lhs[at >> 2u]; return ${type}(${elements});`)
  );
}

/**
 * The result at `binding`, and `store(at, value)`; or, where it is written in vectors, which only elements that are stored as computed are,
 * `store_quad(at, values)`: four neighbours from `at` on, a multiple of 4.
 */
export function resultWgsl(dtype: DType, arithmetic: Arithmetic, binding: number, isVector = false): string {
  const computed = isVector ? `vec4<${TYPE_OF[arithmetic]}>` : TYPE_OF[arithmetic];
  const declared = (element: string): string => `@group(0) @binding(${binding}) var<storage, read_write> result: array<${element}>;\n`;
  const [name, place] = isVector ? ['store_quad', 'at >> 2u'] : ['store', 'at'];
  const storing = (value: string): string => `fn ${name}(at: i32, value: ${computed}) { result[${place}] = ${value}; }\n`;
  if (isStoredAs(dtype, arithmetic)) return declared(computed) + storing('value');
  if (dtype !== 'float16' || isVector) throw new RangeError(`no kernel stores ${dtype}: two of its elements share a word`);
  const rounded = castWgsl(DTYPE_OF[arithmetic], dtype, 'rounded');
  return `${declared('f16')}${rounded}${storing('bitcast<vec2<f16>>(rounded(bitcast<u32>(value))).x')}`;
}
