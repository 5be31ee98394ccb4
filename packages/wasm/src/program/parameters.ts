/**
 * The parameter blocks of the kernels: names of 32-bit words, in order. The one list that TypeScript writes by and AssemblyScript reads
 * by (toolchain/parameters.ts makes a class of each). Sizes and strides are in bytes where the name says so, else in elements.
 *
 * Addresses `x`, `y`, `source`, `target` are relative to the workspace that a run passes; those of tables and weights are absolute.
 */
export const PARAMETERS = {
  /** Implicit GEMM: rows are output positions, columns output features (assembly: toolchain/igemm.ts). */
  Igemm: [
    'x',
    'y',
    'weights',
    'lines',
    'width',
    'rows',
    'blockRows',
    'xStep',
    'yStep',
    'segments',
    'segmentCount',
    'segmentsPerPass',
    'slices',
    'segmentsPerSlice',
    'ySlice',
    'segmentLength',
    'kStep',
    'columns',
    'columnBlocks',
    'panelBytes',
    'groups',
    'groupWeights',
    'xGroup',
    'yGroup',
  ],
  /** A feature at a time (toolchain/depthwise.ts). */
  Depthwise: ['x', 'y', 'weights', 'lines', 'width', 'xStep', 'yStep', 'taps', 'tapCount', 'features', 'multiplier', 'yMultiple'],
  /** Vectors along a row (toolchain/rows.ts). */
  Rows: [
    'x',
    'y',
    'weights',
    'lines',
    'width',
    'stretch',
    'stretches',
    'taps',
    'tapCount',
    'groups',
    'groupWeights',
    'xGroup',
    'yGroup',
    'features',
    'yFeature',
  ],
  /**
   * Tiles under Winograd's transforms (toolchain/winograd.ts). `lines` has five words for each line of tiles: where it lies in x and in y,
   * the outputs of its tiles across it, its outputs along it, and its slices that are stored. `v` and `m` are relative to the workspace, or
   * to the scratch memory of a fused run.
   */
  Winograd: [
    'x',
    'y',
    'v',
    'm',
    'lines',
    'tiles',
    'tilesX',
    'blockTiles',
    'xSlices',
    'ySlices',
    'features',
    'columns',
    'xRow',
    'xColumn',
    'xTile',
    'xSlice',
    'xGroup',
    'yRow',
    'yColumn',
    'yTile',
    'ySlice',
    'yGroup',
    'vTile',
    'vPlane',
    'mTile',
    'mPlane',
    'gemm',
    'gemmUnits',
  ],
  /** Panels of weights under Winograd's transform; addresses are absolute. `part` is the tap of the dimension that is summed. */
  WinogradWeights: ['source', 'target', 'plane', 'panels', 'panelBytes', 'part', 'features', 'width', 'lastWidth', 'scratch'],
  /** The formula, tap by tap (assembly/clipped.ts). `axes` has 64-bit words. */
  Clipped: [
    'x',
    'y',
    'weights',
    'plane',
    'axes',
    'rank',
    'positions',
    'groups',
    'columns',
    'features',
    'xBatch',
    'xGroup',
    'xFeature',
    'wGroup',
    'wColumn',
    'wFeature',
    'yBatch',
    'yGroup',
    'yColumn',
  ],
  /** A strided copy with zeros around (assembly/copy.ts). */
  Copy: [
    'source',
    'target',
    'axes',
    'outerRank',
    'rowCount',
    'rowLow',
    'rowSize',
    'rowSource',
    'rowTarget',
    'columnCount',
    'columnLow',
    'columnSize',
    'columnSource',
    'columnTarget',
  ],
  /** The same elements in another dtype (assembly/convert.ts). */
  Convert: ['source', 'target', 'count'],
  /** Parts of sums added up (assembly/sum.ts). */
  Sum: ['source', 'target', 'count', 'parts', 'partBytes'],
  /** A convolution by Fourier transforms, tile by tile (assembly/fft/). */
  Fft: [
    'x',
    'y',
    'weights',
    'exponents',
    'rank',
    'axes',
    'features',
    'inFeatures',
    'outFeatures',
    'batch',
    'tiles',
    'isComplex',
    'xGroup',
    'yGroup',
    'xBatch',
    'yBatch',
    'yFeature',
    'groupWeights',
    'transform',
    'points',
    'tileBytes',
    'spectrumBytes',
    'product',
  ],
  /** A spatial dimension of `Fft`, from the outermost to the innermost: strides in bytes, `first` and `step` in elements of lhs. */
  FftAxis: ['tiles', 'tile', 'length', 'rowBytes', 'input', 'first', 'step', 'xStride', 'yStride', 'count'],
  /** A transform in place; all addresses are absolute. */
  FftTransform: ['bytes', 'passes', 'passesEnd', 'lanes', 'lanesEnd'],
  /** A pass of a transform: a block is `radix` legs. */
  FftPass: ['radix', 'leg', 'inner', 'factors'],
  /** Spectra of weights (assembly/fft/weights.ts); all addresses are absolute. */
  FftWeights: [
    'source',
    'target',
    'exponents',
    'imaginary',
    'block',
    'rank',
    'axes',
    'features',
    'inFeatures',
    'outFeatures',
    'group',
    'outFeature',
    'groupWeights',
    'transform',
    'tileBytes',
    'isUniform',
  ],
  /** A spatial dimension of `FftWeights`. */
  FftTaps: ['length', 'rowBytes', 'stride'],
  /** Zeros (assembly/copy.ts). */
  Fill: ['target', 'bytes'],
} as const satisfies Record<string, readonly string[]>;

/** A kind of parameter block. */
export type ParameterBlock = keyof typeof PARAMETERS;

/** The values of a block, by name. */
export type ParametersOf<B extends ParameterBlock> = Readonly<Record<(typeof PARAMETERS)[B][number], number>>;
