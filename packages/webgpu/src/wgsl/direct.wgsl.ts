/**
 * The generic kernel: every rank, stride, dilation, padding, group and layout; one invocation for each output element, or for four that
 * lie side by side. Sizes are parameters, so that few shaders serve all problems: compiling one takes longer than running most small ones.
 */
import { TYPE_OF, type Arithmetic } from '../lower/arithmetic.ts';
import { DIVISION_WGSL, parametersWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';
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
  /** All axes of the result as they lie, the innermost last; one spatial dimension at least. */
  readonly axes: readonly DirectAxis[];
  readonly stored: StoredTensors;
  /** There may be zeros between the elements of lhs: each tap then takes a division. */
  readonly isDilated: boolean;
  /** Batch, groups and features are 1, as of signals and pictures. More such texts would be shared by fewer problems. */
  readonly isSingle: boolean;
  /**
   * An invocation makes four elements of the result, neighbours on the innermost axis, whose parameter counts such quadruples. The axis is
   * one that meetingsOn knows, no row with zeros between its elements, and the arithmetic none of complex numbers.
   */
  readonly isQuad: boolean;
}

/** How an invocation's elements of the result meet an operand: all the same element, four that are a quadruple there as well, or four apart. */
export type Meeting = 'same' | 'quad' | 'apart';

/** For either operand. */
export interface Meetings {
  readonly lhs: Meeting;
  readonly rhs: Meeting;
}

const ALONE: Meetings = { lhs: 'same', rhs: 'same' };

/** Of four neighbours on `axis`; undefined for the batch. Of groups there is one feature each, as in depthwise layers. */
export function meetingsOn(axis: DirectAxis): Meetings | undefined {
  if (axis === 'batch') return undefined;
  if (axis === 'feature') return { lhs: 'same', rhs: 'quad' };
  return axis === 'group' ? { lhs: 'quad', rhs: 'quad' } : { lhs: 'apart', rhs: 'same' };
}

/** The axes that are no spatial dimensions: a position's name, and the parameter of their size. */
const COUNTED = {
  group: ['group', 'groups'],
  batch: ['batch', 'batch'],
  feature: ['feature', 'outFeatures'],
} as const;

/** What is 1 where `isSingle`, and counts positions. */
const SINGLE: readonly string[] = Object.values(COUNTED).map(([, count]) => count);

/** The shader: lhs, rhs, result, parameters. */
export function directWgsl(shape: DirectShape): string {
  const { arithmetic, axes, stored, isDilated, isSingle, isQuad } = shape;
  const positions = axes.map((axis) => (typeof axis === 'number' ? ([`q${axis}`, `output${axis}`] as const) : COUNTED[axis]));
  const dimensions = Array.from({ length: axes.length - Object.keys(COUNTED).length }, (_, d) => d);
  const rank = dimensions.length;
  const { type, lhs, rhs, masked } = operandsOf(shape);
  const loop = (index: string, count: string, body: string): string =>
    `for (var ${index} = 0; ${index} < params.${count}; ${index}++) {\n${body}\n}`;
  const isFour = (d: number): boolean => isQuad && d === axes.at(-1);
  const element = (d: number): string => {
    if (isDilated)
      return `let element${d} = split(max(dilated${d}, 0), params.lhsDilation${d}); let i${d} = element${d}.x;
let inside${d} = dilated${d} >= 0 && i${d} < params.input${d} && element${d}.y == 0;`;
    const [unsigned, input] = isFour(d) ? ['vec4u', `vec4u(u32(params.input${d}))`] : ['u32', `u32(params.input${d})`];
    return `let i${d} = dilated${d}; let inside${d} = ${unsigned}(i${d}) < ${input};`;
  };
  const [x, w] = [`x${rank - 1}`, `w${rank - 1}`];
  const product = isSingle
    ? `sum += ${masked(`product(${lhs.at(x)}, ${rhs.at(w)})`)};`
    : loop(
        'i',
        'inFeatures',
        `sum += ${masked(`product(${lhs.at(`${x} + i * params.lhsInner`)}, ${rhs.at(`${w} + i * params.rhsInner`)})`)};`,
      );
  const sum = dimensions.reduceRight(
    (inner, d) =>
      loop(
        `k${d}`,
        `kernel${d}`,
        `let dilated${d} = first${d} + k${d} * params.rhsDilation${d};
${element(d)}
// Else a zero of padding, or between two elements.
if (${isFour(d) ? `any(inside${d})` : `inside${d}`}) {
let x${d} = ${d === 0 ? 'x' : `x${d - 1}`} + i${d} * params.lhsStride${d};
let w${d} = ${d === 0 ? 'w' : `w${d - 1}`} + k${d} * params.rhsStride${d};
${inner}
}`,
      ),
    product,
  );
  const place = (d: number): string => (isFour(d) ? `(q${d} * 4 + vec4i(0, 1, 2, 3))` : `q${d}`);
  return `${enableWgsl(stored.out)}${lhs.declared}${rhs.declared}${resultWgsl(stored.out, arithmetic, 2, isQuad)}${parametersWgsl(directParameters(rank), 3)}

fn product(a: ${lhs.type}, b: ${rhs.type}) -> ${type} {
  return ${PRODUCT[arithmetic]};
}

${DIVISION_WGSL}
fn sum_of(at: i32) -> ${type} {
  var rest = at;
  ${splitWgsl('rest', positions.toReversed(), '  ', (count) => isSingle && SINGLE.includes(count))}
  let x = group * params.lhsGroup + batch * params.lhsOuter;
  let w = params.rhsOffset + group * params.rhsGroup + feature * params.rhsOuter;
${dimensions.map((d) => `  let first${d} = ${place(d)} * params.stride${d} - params.padLow${d};`).join('\n')}
  var sum = ${type}();
${indented(sum, 1)}
  return sum;
}

@compute @workgroup_size(${DIRECT_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${DIRECT_GROUP}) { ${isQuad ? 'store_quad(at * 4' : 'store(at'}, sum_of(at)); }
}
`;
}

/** What an invocation reads at a position of an operand. */
interface Operand {
  readonly declared: string;
  readonly type: string;
  at(position: string): string;
}

/** What an invocation sums, of what operands, and a product without what is padding for one of the four. */
function operandsOf({ arithmetic, axes, stored, isDilated, isQuad }: DirectShape): {
  readonly type: string;
  readonly lhs: Operand;
  readonly rhs: Operand;
  masked(product: string): string;
} {
  const one = TYPE_OF[arithmetic];
  const type = isQuad ? `vec4<${one}>` : one;
  const innermost = axes[axes.length - 1];
  const meetings = isQuad ? meetingsOn(innermost) : ALONE;
  if (meetings === undefined || (isQuad && arithmetic === 'c64') || (isDilated && meetings.lhs === 'apart'))
    throw new RangeError('no such quadruples');
  const typeOf = (meeting: Meeting): string => (meeting === 'same' ? one : type);
  const [read, apart] =
    meetings.lhs === 'apart'
      ? ['lhs_apart', `fn lhs_apart(at: vec4i) -> ${type} { return ${type}(lhs_at(at.x), lhs_at(at.y), lhs_at(at.z), lhs_at(at.w)); }\n`]
      : [meetings.lhs === 'quad' ? 'lhs_quad' : 'lhs_at', ''];
  return {
    type,
    lhs: {
      declared: `${lhsWgsl(stored.lhs, arithmetic, meetings.lhs === 'quad')}${apart}`,
      type: typeOf(meetings.lhs),
      at: (position) => `${read}(${position})`,
    },
    rhs: {
      declared: `@group(0) @binding(1) var<storage, read> rhs: array<${typeOf(meetings.rhs)}>;\n`,
      type: typeOf(meetings.rhs),
      at: (position) => (meetings.rhs === 'quad' ? `rhs[(${position}) >> 2u]` : `rhs[${position}]`),
    },
    masked: (product) => (meetings.lhs === 'apart' ? `select(${type}(), ${product}, inside${innermost})` : product),
  };
}

/** `text` with every line indented by the braces around it, in blocks that are `depth` deep. */
function indented(text: string, depth: number): string {
  let level = depth;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('}')) level--;
      const result = `${'  '.repeat(level)}${line}`;
      if (line.endsWith('{')) level++;
      return result;
    })
    .join('\n');
}
