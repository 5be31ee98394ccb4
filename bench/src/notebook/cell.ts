/** What a cell of the notebook is given, and what it hands back to be checked. */
import type { ConvDimensionNumbers, Instance, Tensor } from 'laxconv';
import type { Pyplot } from './pyplot.ts';
import type { Printable } from './python-print.ts';

export interface CellContext extends Pick<Instance, 'lax' | 'numpy' | 'scipy'> {
  readonly plt: Pyplot;
  readonly print: (...values: readonly Printable[]) => void;
  /** An array that the golden of this cell stores because only JAX can make it: its random numbers, its float32 sine. */
  readonly stored: (name: string) => Tensor;
}

/** The convolution's operands and result: the operands must be JAX's exactly, the result within its bound. */
export interface CellOutput {
  readonly operands: readonly [lhs: Tensor, rhs: Tensor];
  readonly out: Tensor;
}

/** An input that a cell makes and that JAX's notebook makes too: it must be JAX's exactly. */
export interface CellInput {
  readonly input: Tensor;
}

export type CellResult = CellOutput | CellInput | ConvDimensionNumbers;

export type CellRun = (context: CellContext) => Promise<CellResult>;
