/** A run as data: kernels, each with its parameter block and a number of units of work that any thread may take. */

/** One kernel over its units. Every kernel is called as (parameters, workspace, scratch, from, to). */
export interface Step {
  /** The export's name. */
  readonly kernel: string;
  /** Address of its parameter block. */
  readonly parameters: number;
  /** Pieces of work; steps follow one another, the units of one step may run side by side. */
  readonly units: number;
  /** Estimated microseconds of all units on one thread; where it is absent, a share of what the algorithm costs (Candidate.cost). */
  readonly cost?: number;
  /** Relative address of a word that earlier steps may have set: the step is left out where it is 0. */
  readonly onlyIf?: number;
}

/** What a bound convolution runs. */
export interface Program {
  readonly steps: readonly Step[];
  /** Bytes of workspace: operands on their way in, results on their way out. */
  readonly workspaceBytes: number;
  /** Bytes of scratch memory that each thread has to itself. */
  readonly scratchBytes: number;
}

/** A kernel as the module exports it. */
export type Kernel = (parameters: number, workspace: number, scratch: number, from: number, to: number) => void;
