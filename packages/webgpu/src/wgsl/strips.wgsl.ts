/**
 * Convolution of planes by small windows, one input feature to an output: an invocation walks down a strip `outputs` positions wide. Of
 * each input row it loads what the strip meets, once, and adds it to the sums of all output rows that the row has a part in. With every
 * output row the topmost sums are complete, and are stored. Blur, edges, depthwise layers.
 *
 * Weights stay in registers. Where neighbouring invocations are neighbours in a row, all of them want the same ones: with subgroups each
 * holds one weight of a row and broadcasts it (`lanes` > 0).
 */
import { invocationsWgsl, sharedWeights } from './lanes.wgsl.ts';
import {
  DIVISION_WGSL,
  each,
  numberedParts,
  parametersWgsl,
  splitWgsl,
  type IsOne,
  type ParameterNames,
  type SplitPart,
} from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';
import { loadWgsl, placeWgsl, windowOf, type WindowShape } from './window.wgsl.ts';

export const STRIPS_GROUP = 64;

/** What differs in the text of the shader; the window is that of a row. */
export interface StripsShape extends WindowShape {
  /** Loops around the planes. */
  readonly rank: number;
  /** Neighbouring outputs are stored in quadruples. */
  readonly storesQuads: boolean;
  /** Rows of the window, of `taps` each; in units, from one output's row to the next one's, and from one tap's to the next one's. */
  readonly rows: number;
  readonly rowStep: number;
  readonly rowTapStep: number;
  /** Neighbouring invocations make neighbouring features, else neighbouring strips. */
  readonly featuresFirst: boolean;
  /** The size of a subgroup if weights are broadcast, 0 if every invocation has all of them. */
  readonly lanes: number;
  readonly elements: Elements;
  readonly isOne: IsOne;
}

const AXIS = ['parts', 'classes', 'count', 'origin', 'classStep', 'unit', 'size', 'xStride', 'yStride', 'wStride'];

/** The parameter block of a shader with `rank` loops around the planes. */
export function stripsParameters(rank: number): ParameterNames {
  return [
    'total',
    'height',
    'groups',
    'groupFeatures',
    'xOffset',
    'xGroup',
    'yOffset',
    'yGroup',
    'yFeature',
    'wOffset',
    'wGroup',
    'wFeature',
    'rows',
    'registers',
    ...['row', 'line'].flatMap((axis) => AXIS.map((name) => `${axis}_${name}`)),
    ...Array.from({ length: rank }, (_, d) => ['count', 'xStride', 'yStride'].map((name) => `${name}${d}`)).flat(),
  ];
}

/** How the rows of a window meet those of the input. */
export type RowSteps = Pick<StripsShape, 'rows' | 'rowStep' | 'rowTapStep'>;

/** Output rows that an input row can have a part in. */
export function openRows({ rows, rowStep, rowTapStep }: RowSteps): number {
  return Math.floor(((rows - 1) * rowTapStep) / rowStep) + 1;
}

/** One of the `rowStep` input rows from one output row's to the next one's, and the rows of the window that meet it. */
export interface SubRow {
  readonly index: number;
  readonly taps: readonly number[];
}

/** Those that any row of the window meets. */
export function subRowsOf({ rows, rowStep, rowTapStep }: RowSteps): SubRow[] {
  const indices = Array.from({ length: rows }, (_, r) => (r * rowTapStep) % rowStep);
  return [...new Set(indices)].map((index) => ({ index, taps: indices.flatMap((other, r) => (other === index ? [r] : [])) }));
}

/** Weights that a CPU has registers for, at most; if they are broadcast, broadcasting one from memory is as good. */
const IN_REGISTERS = { own: 16, shared: 2 };

/**
 * Whether the weights are more than stay in registers. Then they may as well be loaded by one load in a loop, in front of which the others
 * move up: a load for each is long code (pickWgsl), but what a loop has carried stays in memory.
 */
export function hasWeightsInMemory({ rows, taps, lanes }: Pick<StripsShape, 'rows' | 'taps' | 'lanes'>): boolean {
  return rows * sharedWeights(taps, lanes).registers > IN_REGISTERS[lanes > 0 ? 'shared' : 'own'];
}

/** The shader: lhs, rhs, result, parameters. */
export function stripsWgsl(shape: StripsShape): string {
  const { rank, outputs, rows, taps, storesQuads, rowStep, rowTapStep, featuresFirst, lanes, elements, isOne } = shape;
  const element = elements.computed;
  const zero = element === 'f32' ? '0f' : '0i';
  const features: SplitPart[] = [
    ['feature', 'groupFeatures'],
    ['group', 'groups'],
  ];
  const loops: SplitPart[] = [
    ['part', 'line_parts'],
    ['line_class', 'line_classes'],
    ['strip', 'row_parts'],
    ['row_class', 'row_classes'],
    ...numberedParts(rank, 'q', 'count'),
  ];
  const order = featuresFirst ? [...features, ...loops] : [...loops, ...features];
  const window = windowOf(shape);
  const shared = sharedWeights(taps, lanes);
  const { registers } = shared;
  const names = Array.from({ length: rows * registers }, (_, i) => `w${Math.floor(i / registers)}_${i % registers}`);
  const load = (r: number | string, c: number | string): string =>
    `rhs[weights + ${r} * params.row_wStride + ${shared.tapOf(c)} * params.line_wStride]`;
  const weights = hasWeightsInMemory(shape)
    ? `${names.map((name) => `var ${name} = ${zero};`).join(' ')}
    for (var r = 0; r < params.rows; r++) { for (var c = 0; c < params.registers; c++) {
      ${names.map((name, i) => `${name} = ${names[i + 1] ?? load('r', 'c')};`).join(' ')}
    } }`
    : names.map((name, i) => `let ${name} = ${load(Math.floor(i / registers), i % registers)};`).join('\n    ');
  const weight = (r: number, c: number): string => shared.at(c, (register) => `w${r}_${register}`);
  // Sums of so many output rows: where the walk has come to row i · rowStep of the input, tap r meets sub-row r · rowTapStep of that.
  const open = openRows({ rows, rowStep, rowTapStep });
  const subRows = subRowsOf({ rows, rowStep, rowTapStep });
  const add = (r: number, c: number): string =>
    `{ let w = ${weight(r, c)}; ${each(outputs, (i) => `sum${Math.floor((r * rowTapStep) / rowStep)}_${i} += ${window.at(i, c)} * w;`, ' ')} }`;
  const ofSubRow = ({ index, taps: met }: SubRow): string => `{
        let e = row + (i * ${rowStep} + ${index}) * params.row_unit;
        let inside = u32(e) < u32(params.row_size);
        let x = plane + e * params.row_xStride;
        ${window.registers.map((r) => `let x${r} = ${loadWgsl(window, element, r, 'inside & ')};`).join('\n        ')}
        ${met.map((r) => each(taps, (c) => add(r, c), '\n        ')).join('\n        ')}
      }`;
  const done = (o: number): string => `sum${open - 1}_${o}`;
  const store = (o: number): string => {
    const position = `(q_line + ${storesQuads ? o * 4 : o} * params.line_classes)`;
    const [name, value] = storesQuads ? ['store_quad', `vec4(${each(4, (j) => done(o * 4 + j), ', ')})`] : ['store', done(o)];
    return `if (${position} < params.line_count) { ${name}(y + ${position} * params.line_yStride, ${value}); }`;
  };
  return `${enableWgsl(elements.out, lanes > 0)}${lhsWgsl(elements.lhs, element, window.size === 4)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(elements.out, element, 2, storesQuads)}${parametersWgsl(stripsParameters(rank), 3)}

${DIVISION_WGSL}
${invocationsWgsl(
  STRIPS_GROUP,
  lanes,
  `${splitWgsl('rest', order, '    ', isOne)}
    let weights = params.wOffset + group * params.wGroup + feature * params.wFeature;
    ${weights}
    let q_line = line_class + part * ${outputs} * params.line_classes;
    let line = params.line_origin + q_line * params.line_classStep;
    ${window.registers.map((r) => placeWgsl(r, 'line', window.offsetOf(r))).join('\n    ')}
    let q_row = row_class + strip * params.height * params.row_classes;
    let row = params.row_origin + q_row * params.row_classStep;
    let plane = params.xOffset + group * params.xGroup${each(rank, (d) => ` + q${d} * params.xStride${d}`, '')};
    let target_plane = params.yOffset + group * params.yGroup + feature * params.yFeature${each(rank, (d) => ` + q${d} * params.yStride${d}`, '')};
    ${each(open, (k) => each(outputs, (i) => `var sum${k}_${i} = ${zero};`, ' '), '\n    ')}
    for (var i = 0; i < params.height + ${open - 1}; i++) {
      ${subRows.map(ofSubRow).join('\n      ')}
      let q = q_row + (i - ${open - 1}) * params.row_classes;
      if (i >= ${open - 1} && q < params.row_count && is_own) {
        let y = target_plane + q * params.row_yStride;
        ${each(storesQuads ? outputs / 4 : outputs, store, '\n        ')}
      }
      ${each(open - 1, (index) => each(outputs, (o) => `sum${open - 1 - index}_${o} = sum${open - 2 - index}_${o};`, ' '), '\n      ')}
      ${each(outputs, (o) => `sum0_${o} = ${zero};`, ' ')}
    }`,
)}`;
}
