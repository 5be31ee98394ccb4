/** The notebook's 15 code cells, in order. */
import type { CellRun } from './cell.ts';
import * as smoothing from './cells/01-smoothing.ts';
import * as denoising from './cells/02-denoising.ts';
import * as edgeKernel from './cells/03-edge-kernel.ts';
import * as image from './cells/04-image.ts';
import * as conv from './cells/05-conv.ts';
import * as convWithGeneralPadding from './cells/06-conv-with-general-padding.ts';
import * as dimensionNumbers from './cells/07-dimension-numbers.ts';
import * as same from './cells/08-same.ts';
import * as valid from './cells/09-valid.ts';
import * as stride from './cells/10-stride.ts';
import * as atrous from './cells/11-atrous.ts';
import * as lhsDilation from './cells/12-lhs-dilation.ts';
import * as transposed from './cells/13-transposed.ts';
import * as oneDimensional from './cells/14-one-dimensional.ts';
import * as threeDimensional from './cells/15-three-dimensional.ts';

export interface Cell {
  /** The file name, without extension, of the cell's Python and TypeScript. */
  readonly file: string;
  readonly title: string;
  readonly run: CellRun;
}

const cell = (file: string, title: string, { run }: { readonly run: CellRun }): Cell => ({ file, title, run });

export const CELLS: readonly Cell[] = [
  cell('01-smoothing', 'Basic one-dimensional convolution', smoothing),
  cell('02-denoising', 'Basic N-dimensional convolution', denoising),
  cell('03-edge-kernel', 'A simple diagonal edge kernel', edgeKernel),
  cell('04-image', 'A simple synthetic image', image),
  cell('05-conv', 'lax.conv', conv),
  cell('06-conv-with-general-padding', 'lax.conv_with_general_padding', convWithGeneralPadding),
  cell('07-dimension-numbers', 'Dimension numbers define the layout', dimensionNumbers),
  cell('08-same', 'SAME padding, no stride, no dilation', same),
  cell('09-valid', 'VALID padding, no stride, no dilation', valid),
  cell('10-stride', 'SAME padding, 2,2 stride, no dilation', stride),
  cell('11-atrous', 'VALID padding, rhs kernel dilation: atrous convolution', atrous),
  cell('12-lhs-dilation', 'VALID padding, lhs input dilation: transposed convolution', lhsDilation),
  cell('13-transposed', 'Transposed convolution', transposed),
  cell('14-one-dimensional', '1D convolutions', oneDimensional),
  cell('15-three-dimensional', '3D convolutions', threeDimensional),
];
