/**
 * The generic kernel: every rank, stride, dilation, padding, group and layout; one invocation for each output element. Sizes are
 * parameters, so that few shaders serve all problems: compiling one takes longer than running most small ones.
 */
import type { Arithmetic } from '../lower/arithmetic.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Stored } from './stored.wgsl.ts';

export const DIRECT_GROUP = 64;

/** Parameters of the loops over groups, batch and features, then so many per spatial dimension, in these orders. */
export const DIRECT_NAMES = [
  'total',
  'groups',
  'batch',
  'outFeatures',
  'inFeatures',
  'lhsGroup',
  'lhsOuter',
  'lhsInner',
  'rhsOffset',
  'rhsGroup',
  'rhsOuter',
  'rhsInner',
  'outGroup',
  'outOuter',
  'outInner',
] as const;
export const DIRECT_DIMENSION_NAMES = [
  'input',
  'kernel',
  'output',
  'stride',
  'padLow',
  'lhsDilation',
  'rhsDilation',
  'lhsStride',
  'rhsStride',
  'outStride',
] as const;

const ELEMENT: Readonly<Record<Arithmetic, string>> = { f32: 'f32', i32: 'i32', c64: 'vec2f' };

const PRODUCT: Readonly<Record<Arithmetic, string>> = {
  f32: 'a * b',
  i32: 'a * b',
  c64: 'vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)',
};

/** The shader for up to `rank` spatial dimensions: lhs, rhs, result, parameters. */
export function directWgsl(arithmetic: Arithmetic, rank: number, stored: { readonly lhs: Stored; readonly out: Stored }): string {
  const element = ELEMENT[arithmetic];
  const dimensions = Array.from({ length: rank }, (_, d) => d);
  const lines = (text: (d: number) => string): string => dimensions.map(text).join('\n');
  return `${enableWgsl([stored.lhs, stored.out])}struct Dimension {
${DIRECT_DIMENSION_NAMES.map((name) => `  ${name}: i32,`).join('\n')}
}
struct Params {
${DIRECT_NAMES.map((name) => `  ${name}: i32,`).join('\n')}
  spatial: array<Dimension, ${rank}>,
}
${lhsWgsl(stored.lhs, element)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(stored.out, element, 2)}@group(0) @binding(3) var<storage, read> params: Params;

fn product(a: ${element}, b: ${element}) -> ${element} {
  return ${PRODUCT[arithmetic]};
}

fn sum_of(at: i32) -> ${element} {
  // The result is contiguous: a position along an axis is what is left of the element's number, divided by the axis's stride.
  let g = (at / params.outGroup) % params.groups;
  let b = (at / params.outOuter) % params.batch;
  let o = (at / params.outInner) % params.outFeatures;
  let x = g * params.lhsGroup + b * params.lhsOuter;
  let w = params.rhsOffset + g * params.rhsGroup + o * params.rhsOuter;
${lines((d) => `  let first${d} = (at / params.spatial[${d}].outStride) % params.spatial[${d}].output * params.spatial[${d}].stride - params.spatial[${d}].padLow;`)}

  var sum = ${element}();
${lines(
  (d) => `${'  '.repeat(d + 1)}for (var k${d} = 0; k${d} < params.spatial[${d}].kernel; k${d}++) {
${'  '.repeat(d + 2)}let dilated${d} = first${d} + k${d} * params.spatial[${d}].rhsDilation;
${'  '.repeat(d + 2)}let i${d} = dilated${d} / params.spatial[${d}].lhsDilation;
${'  '.repeat(d + 2)}// A zero of padding, or between two elements.
${'  '.repeat(d + 2)}if (dilated${d} < 0 || i${d} >= params.spatial[${d}].input || i${d} * params.spatial[${d}].lhsDilation != dilated${d}) { continue; }
${'  '.repeat(d + 2)}let x${d} = ${d === 0 ? 'x' : `x${d - 1}`} + i${d} * params.spatial[${d}].lhsStride;
${'  '.repeat(d + 2)}let w${d} = ${d === 0 ? 'w' : `w${d - 1}`} + k${d} * params.spatial[${d}].rhsStride;`,
)}
${'  '.repeat(rank + 1)}for (var i = 0; i < params.inFeatures; i++) {
${'  '.repeat(rank + 2)}sum += product(lhs_at(x${rank - 1} + i * params.lhsInner), rhs[w${rank - 1} + i * params.rhsInner]);
${'  '.repeat(rank + 1)}}
${dimensions
  .toReversed()
  .map((d) => `${'  '.repeat(d + 1)}}`)
  .join('\n')}
  return sum;
}

@compute @workgroup_size(${DIRECT_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${DIRECT_GROUP}) { store(at, sum_of(at)); }
}
`;
}
