/** The notebook as it came out: what a page shows of every cell. Plain data but for the pictures' markup. */
import type { Picture } from '../drawing/picture.ts';

export interface Notebook {
  readonly backend: string;
  /** The version of JAX that the goldens come from. */
  readonly jax: string;
  readonly cells: readonly NotebookCell[];
}

export interface NotebookCell {
  readonly number: number;
  readonly title: string;
  /** Name of its source files, without extension. */
  readonly file: string;
  readonly printed: readonly string[];
  readonly pictures: readonly Picture[];
  /** What the cell took, its drawing left out. */
  readonly ms: number;
  readonly check: CellCheck;
}

export type CellCheck =
  | {
      readonly status: 'right';
      /** Largest |got − JAX's value|; null where the result is not numbers of a tensor. */
      readonly maxDifference: number | null;
      /** Largest |got − reference| / allowed. */
      readonly errorOverBound: number | null;
    }
  | { readonly status: 'wrong'; readonly reason: string };
