/**
 * Convolution along lines: an invocation makes `outputs` neighbours of one line, of one or a few features, and what their windows share is
 * loaded once and stays in registers. For few features on one side or both, where a matrix product has nothing to multiply: filters of
 * images, signals, depthwise layers. Weights are read where they lie.
 *
 * The line's input elements are `unit` apart; output i and tap t meet element i·`step` + t·`tapStep` of it. Positions that share no inputs
 * because the taps are further apart lie in different `classes`, lines of their own.
 */
import { loopParameters, loopPositions, tapsWgsl } from './loop.wgsl.ts';
import { DIVISION_WGSL, each, parametersWgsl, pickWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

export const LINES_GROUP = 64;

/** What differs in the text of the shader. */
export interface LinesShape {
  /** Loops around the lines, each with its taps. */
  readonly rank: number;
  readonly outputs: number;
  readonly features: number;
  /** Taps in a row that are unrolled; the line has as many, or is walked in chunks. */
  readonly taps: number;
  readonly isWhole: boolean;
  readonly step: number;
  readonly tapStep: number;
  /** Neighbouring invocations make neighbouring features, else neighbouring parts of a line. */
  readonly featuresFirst: boolean;
  readonly elements: Elements;
}

/** What the kernel knows of the line (plan/line-axis.ts). */
export const LINE = ['parts', 'classes', 'count', 'origin', 'classStep', 'unit', 'size', 'taps', 'xStride', 'yStride', 'wStride'] as const;

/** The parameter block of a shader of `rank`. */
export function linesParameters(rank: number): ParameterNames {
  return [
    'total',
    'outputs',
    'featureBlocks',
    'groupFeatures',
    'xOffset',
    'xGroup',
    'yOffset',
    'yGroup',
    'yFeature',
    'wOffset',
    'wGroup',
    'wFeature',
    'groupBlocks',
    ...LINE.map((name) => `line_${name}`),
    ...loopParameters(rank),
  ];
}

/** The shader: lhs, rhs, result, parameters. */
export function linesWgsl(shape: LinesShape): string {
  const { rank, outputs, features, taps, isWhole, step, tapStep, featuresFirst, elements } = shape;
  const element = elements.computed;
  const zero = element === 'f32' ? '0f' : '0i';
  const parts = [['part', 'params.line_parts'] as const, ['class_of', 'params.line_classes'] as const];
  const feature = [['block', 'params.featureBlocks'] as const];
  const outer = loopPositions(rank);
  const order = featuresFirst ? [...feature, ...parts, ...outer] : [...parts, ...outer, ...feature];

  const length = (outputs - 1) * step + (taps - 1) * tapStep + 1;
  const used = [...new Set(Array.from({ length: outputs * taps }, (_, i) => Math.floor(i / taps) * step + (i % taps) * tapStep))].toSorted(
    (a, b) => a - b,
  );
  // With neighbouring taps a chunk's window begins where the last one's ended.
  const slides = !isWhole && step === 1 && tapStep === 1;
  const loaded = slides ? used.filter((i) => i >= length - taps) : used;
  // A whole line's elements are the same for every tap around it.
  const load = (i: number): string =>
    isWhole
      ? `select(${zero}, lhs_at(x + e${i}), in${i})`
      : `select(${zero}, lhs_at(x + (first + ${i} * params.line_unit) * params.line_xStride), u32(first + ${i} * params.line_unit) < u32(params.line_size))`;
  const hoisted = used.map(
    (i) =>
      `let e${i} = (at_line + ${i} * params.line_unit) * params.line_xStride; let in${i} = u32(at_line + ${i} * params.line_unit) < u32(params.line_size);`,
  );
  const weight = (f: number, j: number): string => {
    const read = `rhs[w${f} + (t + ${j}) * params.line_wStride]`;
    return isWhole ? `rhs[w${f} + ${j} * params.line_wStride]` : `select(${zero}, ${read}, t + ${j} < params.line_taps)`;
  };
  const chunk = `${isWhole ? '' : `let first = at_line + t * ${tapStep} * params.line_unit;`}
        ${loaded.map((i) => `${slides ? '' : 'let '}x${i} = ${load(i)};`).join('\n        ')}
        ${each(taps, (j) => `{ ${each(features, (f) => `let w = ${weight(f, j)}; ${each(outputs, (i) => `sum${f}_${i} += x${i * step + j * tapStep} * w;`, ' ')}`, ' } { ')} }`, '\n        ')}
        ${slides ? each(length - taps, (i) => `x${i} = x${i + taps};`, ' ') : ''}`;
  const line = `${each(features, (f) => `let w${f} = weights${f}${each(rank, (d) => ` + t${d} * params.wStride${d}`, '')};`, ' ')}
      let x = base${each(rank, (d) => ` + t${d} * params.tapStep${d} * params.xStride${d}`, '')};
      ${slides ? `${each(length, (i) => `var x${i} = ${zero};`, ' ')}\n      { let first = at_line; ${each(length - taps, (i) => `x${i} = ${load(i)};`, ' ')} }` : ''}
      ${
        isWhole
          ? chunk
          : `for (var t = 0; t < params.line_taps; t += ${taps}) {
        ${chunk}
      }`
      }`;
  return `${enableWgsl(elements.out)}${lhsWgsl(elements.lhs, element)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(linesParameters(rank), 3)}

${DIVISION_WGSL}
@compute @workgroup_size(${LINES_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u) {
  for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${LINES_GROUP}) {
    var rest = at;
    ${splitWgsl('rest', order.slice(0, -1), '    ')}
    let ${order.at(-1)?.[0]} = rest;
    let of_group = split(block, params.groupBlocks);
    let group = of_group.x;
    let feature = of_group.y * ${features};
    let q_line = class_of + part * ${outputs} * params.line_classes;
    let at_line = params.line_origin + q_line * params.line_classStep;
    ${isWhole ? hoisted.join('\n    ') : ''}
    ${each(rank, (d) => `let at${d} = params.origin${d} + q${d} * params.step${d};`, '\n    ')}
    let base = params.xOffset + group * params.xGroup${each(rank, (d) => ` + at${d} * params.xStride${d}`, '')};
    ${each(features, (f) => `let weights${f} = params.wOffset + group * params.wGroup + (feature + ${f}) * params.wFeature;`, '\n    ')}
    ${each(features, (f) => each(outputs, (i) => `var sum${f}_${i} = ${zero};`, ' '), '\n    ')}
    ${tapsWgsl(rank, line)}
    let y = params.yOffset + group * params.yGroup + feature * params.yFeature${each(rank, (d) => ` + q${d} * params.yStride${d}`, '')};
    for (var i = 0; i < params.outputs; i++) {
      let q = q_line + i * params.line_classes;
      if (q >= params.line_count) { break; }
      ${each(
        features,
        (f) =>
          `if (feature + ${f} < params.groupFeatures) { store(y + ${f} * params.yFeature + q * params.line_yStride, ${pickWgsl(
            'i',
            Array.from({ length: outputs }, (_, i) => `sum${f}_${i}`),
          )}); }`,
        '\n      ',
      )}
    }
  }
}
`;
}
