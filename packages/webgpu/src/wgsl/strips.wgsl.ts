/**
 * Convolution of planes by small windows, one input feature to an output: an invocation walks down a strip `outputs` positions wide. Of
 * each input row it loads what the strip meets, once, and adds it to the sums of all output rows that the row has a part in. With every
 * output row the topmost sums are complete, and are stored. Blur, edges, depthwise layers.
 *
 * Weights stay in registers. Where neighbouring invocations are neighbours in a row, all of them want the same ones: with subgroups each
 * holds one weight of a row and broadcasts it (`lanes` > 0).
 */
import { loopPositions } from './loop.wgsl.ts';
import { DIVISION_WGSL, each, parametersWgsl, splitWgsl, type ParameterNames } from './parameters.wgsl.ts';
import { enableWgsl, lhsWgsl, resultWgsl, type Elements } from './stored.wgsl.ts';

export const STRIPS_GROUP = 64;

/** What differs in the text of the shader. */
export interface StripsShape {
  /** Loops around the planes. */
  readonly rank: number;
  readonly outputs: number;
  /** The window. */
  readonly rows: number;
  readonly columns: number;
  /** Along a row, in units: from one output to the next, and from one tap to the next. */
  readonly step: number;
  readonly tapStep: number;
  /** The same from row to row. */
  readonly rowStep: number;
  readonly rowTapStep: number;
  /** Neighbouring invocations make neighbouring features, else neighbouring strips. */
  readonly featuresFirst: boolean;
  /** The size of a subgroup if weights are broadcast, 0 if every invocation has all of them. */
  readonly lanes: number;
  readonly elements: Elements;
}

const AXIS = ['parts', 'classes', 'count', 'origin', 'classStep', 'unit', 'size', 'xStride', 'yStride', 'wStride'];

/** The parameter block of a shader with `rank` loops around the planes. */
export function stripsParameters(rank: number): ParameterNames {
  return [
    'total',
    'height',
    'features',
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

/** Weights that a CPU has registers for, at most. */
const IN_REGISTERS = 16;

/**
 * Whether the weights are more than stay in registers. Then they may as well be loaded by one load in a loop, in front of which the others
 * move up: a load for each is long code (pickWgsl), but what a loop has carried stays in memory.
 */
export function hasWeightsInMemory({ rows, columns, lanes }: Pick<StripsShape, 'rows' | 'columns' | 'lanes'>): boolean {
  return rows * weightRegisters(columns, lanes) > IN_REGISTERS;
}

/** Registers of a row of weights. To be broadcast, it is as many as hold it, a weight to a lane. */
export function weightRegisters(columns: number, lanes: number): number {
  return lanes === 0 ? columns : Math.ceil(columns / lanes);
}

/** The shader: lhs, rhs, result, parameters. */
export function stripsWgsl(shape: StripsShape): string {
  const { rank, outputs, rows, columns, step, tapStep, rowStep, rowTapStep, featuresFirst, lanes, elements } = shape;
  const element = elements.computed;
  const zero = element === 'f32' ? '0f' : '0i';
  const feature = [['of_feature', 'params.features'] as const];
  const loops = [
    ['part', 'params.line_parts'] as const,
    ['line_class', 'params.line_classes'] as const,
    ['strip', 'params.row_parts'] as const,
    ['row_class', 'params.row_classes'] as const,
    ...loopPositions(rank),
  ];
  const order = featuresFirst ? [...feature, ...loops] : [...loops, ...feature];
  const used = [
    ...new Set(Array.from({ length: outputs * columns }, (_, i) => Math.floor(i / columns) * step + (i % columns) * tapStep)),
  ].toSorted((a, b) => a - b);

  const registers = weightRegisters(columns, lanes);
  const names = Array.from({ length: rows * registers }, (_, i) => `w${Math.floor(i / registers)}_${i % registers}`);
  const load = (r: number | string, c: number | string): string =>
    `rhs[weights + ${r} * params.row_wStride + ${lanes === 0 ? c : `min(${c} * ${lanes} + lane, ${columns - 1})`} * params.line_wStride]`;
  const weights = hasWeightsInMemory({ rows, columns, lanes })
    ? `${names.map((name) => `var ${name} = ${zero};`).join(' ')}
    for (var r = 0; r < params.rows; r++) { for (var c = 0; c < params.registers; c++) {
      ${names.map((name, i) => `${name} = ${names[i + 1] ?? load('r', 'c')};`).join(' ')}
    } }`
    : names.map((name, i) => `let ${name} = ${load(Math.floor(i / registers), i % registers)};`).join('\n    ');
  const weight = (r: number, c: number): string =>
    lanes === 0 ? `w${r}_${c}` : `subgroupBroadcast(w${r}_${Math.floor(c / lanes)}, ${c % lanes}u)`;
  // Sums of so many output rows: where the walk has come to row i · rowStep of the input, tap r meets sub-row r · rowTapStep of that.
  const open = openRows({ rows, rowStep, rowTapStep });
  const subRows = subRowsOf({ rows, rowStep, rowTapStep });
  const add = (r: number, c: number): string =>
    `{ let w = ${weight(r, c)}; ${each(outputs, (i) => `sum${Math.floor((r * rowTapStep) / rowStep)}_${i} += x${i * step + c * tapStep} * w;`, ' ')} }`;
  const ofSubRow = ({ index, taps }: SubRow): string => `{
        let e = row + (i * ${rowStep} + ${index}) * params.row_unit;
        let inside = u32(e) < u32(params.row_size);
        let x = plane + e * params.row_xStride;
        ${used.map((i) => `let x${i} = select(${zero}, lhs_at(x + e${i} * params.line_xStride), inside && in${i});`).join('\n        ')}
        ${taps.map((r) => each(columns, (c) => add(r, c), '\n        ')).join('\n        ')}
      }`;
  return `${enableWgsl(elements.out, lanes > 0)}${lhsWgsl(elements.lhs, element)}@group(0) @binding(1) var<storage, read> rhs: array<${element}>;
${resultWgsl(elements.out, element, 2)}${parametersWgsl(stripsParameters(rank), 3)}

${DIVISION_WGSL}
@compute @workgroup_size(${STRIPS_GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u${lanes === 0 ? '' : ', @builtin(subgroup_invocation_id) lane_index: u32'}) {
  ${lanes === 0 ? '' : 'let lane = i32(lane_index);'}
  for (var start = 0; start < params.total; start += i32(grid.x) * ${STRIPS_GROUP}) {
    // Whole subgroups stay together: those beyond the end walk along and store nothing.
    let at = start + i32(id.x);
    var rest = min(at, params.total - 1);
    ${splitWgsl('rest', order.slice(0, -1), '    ')}
    let ${order.at(-1)?.[0]} = rest;
    let of_group = split(of_feature, params.groupFeatures);
    let weights = params.wOffset + of_group.x * params.wGroup + of_group.y * params.wFeature;
    ${weights}
    let q_line = line_class + part * ${outputs} * params.line_classes;
    let line = params.line_origin + q_line * params.line_classStep;
    ${used.map((i) => `let e${i} = line + ${i} * params.line_unit; let in${i} = u32(e${i}) < u32(params.line_size);`).join('\n    ')}
    let q_row = row_class + strip * params.height * params.row_classes;
    let row = params.row_origin + q_row * params.row_classStep;
    let plane = params.xOffset + of_group.x * params.xGroup${each(rank, (d) => ` + q${d} * params.xStride${d}`, '')};
    let target_plane = params.yOffset + of_group.x * params.yGroup + of_group.y * params.yFeature${each(rank, (d) => ` + q${d} * params.yStride${d}`, '')};
    ${each(open, (k) => each(outputs, (i) => `var sum${k}_${i} = ${zero};`, ' '), '\n    ')}
    for (var i = 0; i < params.height + ${open - 1}; i++) {
      ${subRows.map(ofSubRow).join('\n      ')}
      let q = q_row + (i - ${open - 1}) * params.row_classes;
      if (i >= ${open - 1} && q < params.row_count && at < params.total) {
        let y = target_plane + q * params.row_yStride;
        ${each(outputs, (o) => `if (q_line + ${o} * params.line_classes < params.line_count) { store(y + (q_line + ${o} * params.line_classes) * params.line_yStride, sum${open - 1}_${o}); }`, '\n        ')}
      }
      ${each(open - 1, (index) => each(outputs, (o) => `sum${open - 1 - index}_${o} = sum${open - 2 - index}_${o};`, ' '), '\n      ')}
      ${each(outputs, (o) => `sum0_${o} = ${zero};`, ' ')}
    }
  }
}
`;
}
