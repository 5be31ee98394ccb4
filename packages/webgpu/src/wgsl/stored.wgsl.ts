/**
 * Operands and results as they lie in buffers, for kernels that compute in 32 bits: `lhs_at`, `lhs_quad` and `store` convert where the
 * elements are others. Two elements of 16 bits share a word, which two invocations cannot write at once: a narrow result takes a pass of its
 * own (copy.wgsl.ts), unless the device has 16-bit elements.
 */
import type { DType } from '@laxconv/api/backend';
import { castWgsl, componentBytes, widenWgsl } from './elements.wgsl.ts';
import { each, type Element } from './parameters.wgsl.ts';

/** How the elements of a tensor lie in its buffer. */
export interface Stored {
  readonly dtype: DType;
  /** float16 as WGSL's f16, with the feature shader-f16; else as bits, two to a word. */
  readonly isHalf: boolean;
}

/** What a kernel of real numbers reads, computes in, and writes. */
export interface Elements {
  readonly computed: Element;
  readonly lhs: Stored;
  readonly out: Stored;
}

/** The dtypes that are what a kernel computes in. */
const COMPUTED: Readonly<Record<string, readonly DType[]>> = { f32: ['float32'], i32: ['int32', 'uint32'], vec2f: ['complex64'] };
const DTYPE_OF: Readonly<Record<Element, DType>> = { f32: 'float32', i32: 'int32' };

/** The first lines of a shader that reads or writes `stored`, and has subgroups or not: what it needs of the device. */
export function enableWgsl(stored: readonly Stored[], hasSubgroups = false): string {
  const half = stored.some(({ isHalf }) => isHalf) ? 'enable f16;\n' : '';
  return hasSubgroups ? `enable subgroups;\n${half}diagnostic(off, subgroup_uniformity);\n` : half;
}

/**
 * Binding 0, and `lhs_at(at)`: element `at` as what the kernel computes in; where it is read in vectors, `lhs_quad(at)`: four neighbours
 * from `at` on, a multiple of 4.
 */
export function lhsWgsl({ dtype, isHalf }: Stored, computed: string, isVector = false): string {
  const [name, type] = isVector ? ['lhs_quad', `vec4<${computed}>`] : ['lhs_at', computed];
  const place = isVector ? 'at >> 2u' : 'at';
  const declared = (element: string): string => `@group(0) @binding(0) var<storage, read> lhs: array<${element}>;\n`;
  const reading = (body: string): string => `fn ${name}(at: i32) -> ${type} { ${body} }\n`;
  if (COMPUTED[computed].includes(dtype)) return declared(type) + reading(`return lhs[${place}];`);
  if (isHalf) return declared(isVector ? 'vec4<f16>' : 'f16') + reading(`return ${type}(lhs[${place}]);`);
  const bytes = componentBytes(dtype);
  const [perWord, width] = [4 / bytes, 8 * bytes];
  const functions = `${widenWgsl(dtype)}${castWgsl(dtype, DTYPE_OF[computed as Element], 'computed')}`;
  const element = (bits: string): string => `bitcast<${computed}>(computed(widened(${bits})))`;
  const part = (word: string, index: string): string => (perWord === 1 ? word : `extractBits(${word}, ${index}, ${width}u)`);
  if (!isVector) {
    const word = perWord === 1 ? 'lhs[at]' : `lhs[at >> ${perWord === 2 ? 1 : 2}u]`;
    return declared('u32') + functions + reading(`return ${element(part(word, `u32(at & ${perWord - 1}) * ${width}u`))};`);
  }
  const words = 4 / perWord;
  const wordOf = (j: number): string => (words === 1 ? 'words' : `words.${'xyzw'[Math.floor(j / perWord)]}`);
  return (
    declared(words === 1 ? 'u32' : `vec${words}<u32>`) +
    functions +
    reading(`let words = lhs[${place}]; return ${type}(${each(4, (j) => element(part(wordOf(j), `${(j % perWord) * width}u`)), ', ')});`)
  );
}

/** The result at `binding`, and `store(at, value)`. */
export function resultWgsl({ dtype, isHalf }: Stored, computed: string, binding: number): string {
  const declared = (element: string): string => `@group(0) @binding(${binding}) var<storage, read_write> result: array<${element}>;\n`;
  const storing = (value: string): string => `fn store(at: i32, value: ${computed}) { result[at] = ${value}; }\n`;
  if (COMPUTED[computed].includes(dtype)) return declared(computed) + storing('value');
  if (!isHalf) throw new RangeError(`no kernel stores ${dtype}: two of its elements share a word`);
  // Rounded in integers: WGSL's own conversion may take either neighbour.
  return `${declared('f16')}${castWgsl(DTYPE_OF[computed as Element], dtype, 'rounded')}${storing('bitcast<vec2<f16>>(rounded(bitcast<u32>(value))).x')}`;
}
