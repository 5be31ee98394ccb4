/**
 * Convolution along lines: an invocation makes `outputs` neighbours of one line, of one or a few features, and what their windows share is
 * loaded once and stays in registers. For few features on one side or both, where a matrix product has nothing to multiply: filters of
 * images, signals, depthwise layers. Weights are read where they lie.
 *
 * The line's input elements are `unit` apart; output i and tap t meet element i·`step` + t·`tapStep` of it. Positions that share no inputs
 * because the taps are further apart lie in different `classes`, lines of their own.
 */
import { invocationsWgsl, sharedWeights } from './lanes.wgsl.ts';
import { loopParameters, tapsWgsl } from './loop.wgsl.ts';
import {
  DIVISION_WGSL,
  each,
  numberedParts,
  parametersWgsl,
  pickWgsl,
  splitWgsl,
  type IsOne,
  type ParameterNames,
  type SplitPart,
} from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';
import { loadWgsl, placeWgsl, registerType, windowOf, type WindowShape } from './window.wgsl.ts';

export const LINES_GROUP = 64;

/** What differs in the text of the shader; `taps` are those that are unrolled. */
export interface LinesShape extends WindowShape {
  /** Loops around the lines, each with its taps. */
  readonly rank: number;
  readonly features: number;
  /** The line has no more taps; else it is walked in chunks of as many. */
  readonly isWhole: boolean;
  /** Neighbouring invocations make neighbouring features, else neighbouring parts of a line. */
  readonly featuresFirst: boolean;
  /** The size of a subgroup if weights are broadcast, 0 if every invocation loads them: all of a subgroup make the same feature. */
  readonly lanes: number;
  readonly elements: Elements;
  readonly isOne: IsOne;
}

/** What the kernel knows of the line (plan/line-axis.ts). */
export const LINE = ['parts', 'classes', 'count', 'origin', 'classStep', 'unit', 'size', 'taps', 'xStride', 'yStride', 'wStride'] as const;

/** The parameter block of a shader of `rank`. */
export function linesParameters(rank: number): ParameterNames {
  return [
    'total',
    'outputs',
    'groups',
    'lead',
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

/**
 * Registers that two neighbouring chunks of a window share, which move on from one to the next; before the first they are loaded. None,
 * unless taps and outputs are neighbours and the window is walked in chunks. These are whole registers.
 */
export function leadOf(shape: Pick<LinesShape, 'isWhole'> & WindowShape): number {
  const { registers, size } = windowOf(shape);
  const slides = !shape.isWhole && shape.step === 1 && shape.tapStep === 1;
  return slides ? Math.max(0, registers.length - shape.taps / size) : 0;
}

/** The shader: lhs, rhs, result, parameters. */
export function linesWgsl(shape: LinesShape): string {
  const { rank, outputs, features, taps, isWhole, tapStep, featuresFirst, lanes, elements, isOne } = shape;
  const element = elements.computed;
  const zero = element === 'f32' ? '0f' : '0i';
  const parts: SplitPart[] = [['part', 'line_parts'], ['class_of', 'line_classes'], ...numberedParts(rank, 'q', 'count')];
  const blocks: SplitPart[] = [
    ['block', 'groupBlocks'],
    ['group', 'groups'],
  ];
  const order = featuresFirst ? [...blocks, ...parts] : [...parts, ...blocks];

  const window = windowOf(shape);
  const { registers } = window;
  const lead = leadOf(shape);
  const slides = lead > 0;
  const isInside = lanes > 0 && rank > 0 ? `inside${rank - 1} & ` : '';
  const loaded = registers.slice(lead);
  const places = (from: string): string => loaded.map((r) => placeWgsl(r, from, window.offsetOf(r))).join('\n        ');

  const shared = sharedWeights(taps, lanes);
  const read = (f: number, r: number): string => {
    const tap = isWhole ? shared.tapOf(r) : `(t + ${shared.tapOf(r)})`;
    const weight = `rhs[w${f} + ${tap} * params.line_wStride]`;
    return isWhole ? weight : `select(${zero}, ${weight}, ${tap} < params.line_taps)`;
  };
  // Weights that are not shared are loaded where they are used, lest all of them be in registers at once.
  const held =
    lanes === 0 ? '' : each(features, (f) => each(shared.registers, (r) => `let held${f}_${r} = ${read(f, r)};`, ' '), '\n        ');
  const weight = (f: number, j: number): string => (lanes === 0 ? read(f, j) : shared.at(j, (r) => `held${f}_${r}`));
  // A whole line's places are the same for every tap around it.
  const chunk = `${isWhole ? '' : `let first = at_line + t * ${tapStep} * params.line_unit;\n        ${places('first')}`}
        ${held}
        ${loaded.map((r) => `${slides ? '' : 'let '}x${r} = ${loadWgsl(window, element, r, isInside)};`).join('\n        ')}
        ${each(taps, (j) => `{ ${each(features, (f) => `let w = ${weight(f, j)}; ${each(outputs, (i) => `sum${f}_${i} += ${window.at(i, j)} * w;`, ' ')}`, ' } { ')} }`, '\n        ')}
        ${slides ? each(lead, (r) => `x${r} = x${r + loaded.length};`, ' ') : ''}`;
  // In a loop (pickWgsl says why), in which each moves on to make room for the next.
  const leading = `${registers.map((r) => `var x${r} = ${registerType(window, element)}();`).join(' ')}
      for (var r = 0; r < params.lead; r++) {
        ${placeWgsl('', 'at_line', `(${window.offsetOf(0)} + r * ${window.size})`)}
        ${each(lead - 1, (r) => `x${r} = x${r + 1};`, ' ')} x${lead - 1} = ${loadWgsl(window, element, '', isInside)};
      }`;
  const line = `${each(features, (f) => `let w${f} = weights${f}${each(rank, (d) => ` + t${d} * params.wStride${d}`, '')};`, ' ')}
      let x = base${each(rank, (d) => ` + t${d} * params.tapStep${d} * params.xStride${d}`, '')};
      ${slides ? leading : ''}
      ${
        isWhole
          ? chunk
          : `for (var t = 0; t < params.line_taps; t += ${taps}) {
        ${chunk}
      }`
      }`;
  return `${enableWgsl(elements.out, lanes > 0)}${lhsWgsl(elements.lhs, element, window.size === 4)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(linesParameters(rank), 3)}

${DIVISION_WGSL}
${invocationsWgsl(
  LINES_GROUP,
  lanes,
  `${splitWgsl('rest', order, '    ', isOne)}
    let feature = block * ${features};
    let q_line = class_of + part * ${outputs} * params.line_classes;
    let at_line = params.line_origin + q_line * params.line_classStep;
    ${isWhole ? places('at_line') : ''}
    ${each(rank, (d) => `let at${d} = params.origin${d} + q${d} * params.step${d};`, '\n    ')}
    let base = params.xOffset + group * params.xGroup${each(rank, (d) => ` + at${d} * params.xStride${d}`, '')};
    ${each(features, (f) => `let weights${f} = params.wOffset + group * params.wGroup + (feature + ${f}) * params.wFeature;`, '\n    ')}
    ${each(features, (f) => each(outputs, (i) => `var sum${f}_${i} = ${zero};`, ' '), '\n    ')}
    ${tapsWgsl(rank, line, lanes > 0)}
    let y = params.yOffset + group * params.yGroup + feature * params.yFeature${each(rank, (d) => ` + q${d} * params.yStride${d}`, '')};
    for (var i = 0; i < params.outputs; i++) {
      let q = q_line + i * params.line_classes;
      if (q >= params.line_count || !is_own) { break; }
      ${each(
        features,
        (f) =>
          `if (feature + ${f} < params.groupFeatures) { store(y + ${f} * params.yFeature + q * params.line_yStride, ${pickWgsl(
            'i',
            Array.from({ length: outputs }, (_, i) => `sum${f}_${i}`),
          )}); }`,
        '\n      ',
      )}
    }`,
)}`;
}
