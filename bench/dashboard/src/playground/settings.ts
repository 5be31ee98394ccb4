/** What the reader has chosen in the playground: the arguments of one `lax.convGeneralDilated`, as text in the fields of a form. */
import type { DType } from '@laxconv/api';

/** The fields, each as it was typed: also what is wrong has to be shown as wrong. */
export interface Settings {
  readonly lhsShape: string;
  readonly rhsShape: string;
  readonly lhsLayout: string;
  readonly rhsLayout: string;
  readonly outLayout: string;
  readonly windowStrides: string;
  readonly padding: string;
  readonly lhsDilation: string;
  readonly rhsDilation: string;
  readonly featureGroupCount: string;
  readonly batchGroupCount: string;
  readonly dtype: DType;
}

export type FieldName = Exclude<keyof Settings, 'dtype'>;

/** A text field of the form. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  /** What may stand in it. */
  readonly hint: string;
}

export const FIELDS: readonly Field[] = [
  { name: 'lhsShape', label: 'lhs shape', hint: 'input sizes, in the order of its layout' },
  { name: 'rhsShape', label: 'rhs shape', hint: 'kernel sizes, in the order of its layout' },
  { name: 'lhsLayout', label: 'lhs layout', hint: 'N and C once, a letter for each spatial dimension' },
  { name: 'rhsLayout', label: 'rhs layout', hint: 'O and I once, the same spatial letters' },
  { name: 'outLayout', label: 'out layout', hint: 'N and C once, the same spatial letters' },
  { name: 'windowStrides', label: 'windowStrides', hint: 'a number for each spatial dimension' },
  { name: 'padding', label: 'padding', hint: 'SAME, SAME_LOWER, VALID, or pairs: (1, 1), (2, -1)' },
  { name: 'lhsDilation', label: 'lhsDilation', hint: '2 puts a zero between neighbours of the input' },
  { name: 'rhsDilation', label: 'rhsDilation', hint: '2 leaves a gap between neighbours of the kernel' },
  { name: 'featureGroupCount', label: 'featureGroupCount', hint: 'a whole number' },
  { name: 'batchGroupCount', label: 'batchGroupCount', hint: 'a whole number' },
];

/** A place to start from. */
export interface Preset {
  readonly name: string;
  readonly settings: Settings;
}

const PLANE: Settings = {
  lhsShape: '1, 6, 8, 1',
  rhsShape: '3, 3, 1, 1',
  lhsLayout: 'NHWC',
  rhsLayout: 'HWIO',
  outLayout: 'NHWC',
  windowStrides: '1, 1',
  padding: 'SAME',
  lhsDilation: '1, 1',
  rhsDilation: '1, 1',
  featureGroupCount: '1',
  batchGroupCount: '1',
  dtype: 'float32',
};

const LINE: Settings = {
  ...PLANE,
  lhsShape: '1, 12, 1',
  rhsShape: '3, 1, 1',
  lhsLayout: 'NWC',
  rhsLayout: 'WIO',
  outLayout: 'NWC',
  windowStrides: '1',
  lhsDilation: '1',
  rhsDilation: '1',
};

const SPACE: Settings = {
  ...PLANE,
  lhsShape: '1, 3, 5, 5, 1',
  rhsShape: '2, 3, 3, 1, 1',
  lhsLayout: 'NDHWC',
  rhsLayout: 'DHWIO',
  outLayout: 'NDHWC',
  windowStrides: '1, 1, 1',
  padding: 'VALID',
  lhsDilation: '1, 1, 1',
  rhsDilation: '1, 1, 1',
};

/** In the order of the menu; the first is where the page starts. */
export const PRESETS: readonly Preset[] = [
  { name: '2-D, 3×3, SAME', settings: PLANE },
  { name: '2-D, strides of 2', settings: { ...PLANE, windowStrides: '2, 2' } },
  { name: '2-D, atrous (rhs dilated)', settings: { ...PLANE, lhsShape: '1, 8, 10, 1', padding: 'VALID', rhsDilation: '2, 3' } },
  {
    name: '2-D, transposed (lhs dilated)',
    settings: { ...PLANE, lhsShape: '1, 4, 5, 1', padding: '(2, 1), (2, 1)', lhsDilation: '2, 2' },
  },
  { name: '2-D, negative padding crops', settings: { ...PLANE, padding: '(-1, 2), (1, -2)' } },
  {
    name: '2-D, two feature groups, NCHW',
    settings: {
      ...PLANE,
      lhsShape: '1, 4, 5, 6',
      rhsShape: '4, 2, 3, 3',
      lhsLayout: 'NCHW',
      rhsLayout: 'OIHW',
      outLayout: 'NCHW',
      featureGroupCount: '2',
    },
  },
  { name: '2-D, two batch groups', settings: { ...PLANE, lhsShape: '4, 5, 6, 1', rhsShape: '3, 3, 1, 2', batchGroupCount: '2' } },
  { name: '1-D, SAME', settings: LINE },
  { name: '1-D, causal and dilated', settings: { ...LINE, padding: '(4, 0)', rhsDilation: '2' } },
  { name: '3-D, VALID', settings: SPACE },
  { name: 'A call that JAX refuses', settings: { ...PLANE, lhsShape: '1, 6, 8, 4', rhsShape: '3, 3, 3, 2', featureGroupCount: '2' } },
];
