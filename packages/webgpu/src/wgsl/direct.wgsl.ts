/**
 * The generic kernel: every rank, stride, dilation, padding, group and layout; one invocation for each output element. Sizes are
 * parameters, so that few shaders serve all problems: compiling one takes longer than running most small ones.
 */
import { TYPE_OF, type Arithmetic } from '../lower/arithmetic.ts';
import { DIVISION_WGSL, parametersWgsl, splitWgsl, type IsOne, type ParameterNames } from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type StoredTensors } from './stored.wgsl.ts';

export const DIRECT_GROUP = 64;

/** Names of a dimension's parameters, which are numbered. */
export const DIRECT_DIMENSION = [
  'input',
  'kernel',
  'output',
  'stride',
  'padLow',
  'lhsDilation',
  'rhsDilation',
  'lhsStride',
  'rhsStride',
] as const;

/** The parameter block of a shader for `rank` spatial dimensions: of the loops over groups, batch and features, then of each dimension. */
export function directParameters(rank: number): ParameterNames {
  return [
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
    ...Array.from({ length: rank }, (_, d) => DIRECT_DIMENSION.map((name) => `${name}${d}`)).flat(),
  ];
}

const PRODUCT: Readonly<Record<Arithmetic, string>> = {
  f32: 'a * b',
  i32: 'a * b',
  c64: 'vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)',
};

/** An axis of the result: of groups, batch or features, or a spatial dimension. */
export type DirectAxis = 'group' | 'batch' | 'feature' | number;

/** What differs in the text of the shader. */
export interface DirectShape {
  readonly arithmetic: Arithmetic;
  /** There may be zeros between the elements of lhs: each tap then takes a division. */
  readonly isDilated: boolean;
  /** All axes of the result as they lie, the innermost last; one spatial dimension at least. */
  readonly axes: readonly DirectAxis[];
  readonly stored: StoredTensors;
  readonly isOne: IsOne;
}

/** The axes that are no spatial dimensions: a position's name, and the parameter of their size. */
const COUNTED = {
  group: ['group', 'groups'],
  batch: ['batch', 'batch'],
  feature: ['feature', 'outFeatures'],
} as const;

/** The shader: lhs, rhs, result, parameters. */
export function directWgsl({ arithmetic, isDilated, axes, stored, isOne }: DirectShape): string {
  const type = TYPE_OF[arithmetic];
  const element = (d: number): string =>
    isDilated
      ? `let element${d} = split(max(dilated${d}, 0), params.lhsDilation${d}); let i${d} = element${d}.x;
${'  '.repeat(d + 2)}if (dilated${d} < 0 || i${d} >= params.input${d} || element${d}.y != 0) { continue; }`
      : `let i${d} = dilated${d}; if (u32(i${d}) >= u32(params.input${d})) { continue; }`;
  const positions = axes.map((axis) => (typeof axis === 'number' ? ([`q${axis}`, `output${axis}`] as const) : COUNTED[axis]));
  const dimensions = Array.from({ length: axes.length - Object.keys(COUNTED).length }, (_, d) => d);
  const rank = dimensions.length;
  const lines = (text: (d: number) => string): string => dimensions.map(text).join('\n');
  return `${enableWgsl(stored.out)}${lhsWgsl(stored.lhs, arithmetic)}@group(0) @binding(1) var<storage, read> rhs: array<${type}>;
${resultWgsl(stored.out, arithmetic, 2)}${parametersWgsl(directParameters(rank), 3)}

fn product(a: ${type}, b: ${type}) -> ${type} {
  return ${PRODUCT[arithmetic]};
}

${DIVISION_WGSL}
fn sum_of(at: i32) -> ${type} {
  var rest = at;
  ${splitWgsl('rest', positions.toReversed(), isOne, '  ')}
  let x = group * params.lhsGroup + batch * params.lhsOuter;
  let w = params.rhsOffset + group * params.rhsGroup + feature * params.rhsOuter;
${lines((d) => `  let first${d} = q${d} * params.stride${d} - params.padLow${d};`)}

  var sum = ${type}();
${lines(
  (d) => `${'  '.repeat(d + 1)}for (var k${d} = 0; k${d} < params.kernel${d}; k${d}++) {
${'  '.repeat(d + 2)}let dilated${d} = first${d} + k${d} * params.rhsDilation${d};
${'  '.repeat(d + 2)}// A zero of padding, or between two elements.
${'  '.repeat(d + 2)}${element(d)}
${'  '.repeat(d + 2)}let x${d} = ${d === 0 ? 'x' : `x${d - 1}`} + i${d} * params.lhsStride${d};
${'  '.repeat(d + 2)}let w${d} = ${d === 0 ? 'w' : `w${d - 1}`} + k${d} * params.rhsStride${d};`,
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
