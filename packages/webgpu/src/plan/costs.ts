/**
 * What things cost, in microseconds, by class of adapter: the one place for measured numbers. `LANES` and `NO_LANES` were measured on
 * lavapipe 25 with two cores, and serve SwiftShader, too. `GPU` has not been measured on a card; it says what is known of them:
 * arithmetic is cheap, a dispatch is not.
 */
import { DTYPES, type DType } from '@laxconv/api/backend';
import type { AdapterFacts } from './algorithm.ts';

/** Microseconds. */
export interface Costs {
  readonly dispatch: number;
  /** Compiling an operation of a shader's text (compilingCost): on lavapipe, between a load's 4 ms and a multiply-add's 2.6. */
  readonly compile: number;
  /** Workgroups of the implicit GEMM that keep the adapter busy. */
  readonly workgroups: number;
  /** A million outputs of the generic kernel, taps of them, and multiply-adds. */
  readonly directOutput: number;
  readonly directTap: number;
  readonly direct: number;
  /** A tile of the implicit GEMM, whatever its depth. */
  readonly tile: number;
  /** A million multiply-adds of the implicit GEMM in tiles of 16 × 16, by how lhs is loaded. */
  readonly gemmVector: number;
  readonly gemmScalar: number;
  /** What a tile in workgroup memory takes, in terms of one in registers: on a CPU, a barrier is a loop that ends. */
  readonly barriers: number;
  /** A million elements that Winograd's transforms read or write, in tiles of up to 4 × 4 inputs, and of 6 × 6. */
  readonly transform: number;
  readonly largeTransform: number;
  /** An invocation of lines and strips; a million elements that they load or store, and multiply-adds. */
  readonly invocation: number;
  readonly load: number;
  readonly madd: number;
  /** A million elements that a pass converts; that a kernel converts on the way, beside loading or storing: float16, and others. */
  readonly cast: number;
  readonly ofFloat16: number;
  readonly ofOthers: number;
}

const LANES: Costs = {
  dispatch: 12,
  compile: 3000,
  workgroups: 4,
  directOutput: 35_000,
  directTap: 700,
  direct: 600,
  tile: 0.12,
  gemmVector: 43,
  gemmScalar: 56,
  barriers: 5,
  transform: 400,
  largeTransform: 720,
  invocation: 0.035,
  load: 230,
  madd: 25,
  cast: 700,
  ofFloat16: 400,
  ofOthers: 0,
};
const NO_LANES: Costs = { ...LANES, gemmVector: 105, gemmScalar: 190 };
const GPU: Costs = {
  dispatch: 6,
  compile: 100,
  workgroups: 256,
  directOutput: 10,
  directTap: 2,
  direct: 4,
  tile: 0.01,
  gemmVector: 0.25,
  gemmScalar: 0.35,
  barriers: 1,
  transform: 4,
  largeTransform: 5,
  invocation: 0.0005,
  load: 4,
  madd: 0.2,
  cast: 8,
  ofFloat16: 1,
  ofOthers: 0.5,
};

/** What things cost on `adapter`. */
export function costsOf({ isSoftware, subgroupSize }: AdapterFacts): Costs {
  if (!isSoftware) return GPU;
  return subgroupSize === undefined ? NO_LANES : LANES;
}

/** A shader with nothing unrolled takes as long to compile as so many operations. */
const BARE = 15;
/** Assumed: runs that pay for compiling a shader, and problems that share one whose text has no sizes in it. */
const RUNS = 10_000;
const SHARED_BY = 4;

/**
 * What compiling adds to each run, for shaders with so many `operations` in their texts: multiply-adds, and elements that are loaded or
 * passed to other lanes.
 */
export function compilingCost(adapter: AdapterFacts, operations: readonly number[], isShared: boolean): number {
  const all = operations.reduce((sum, each) => sum + BARE + each, 0);
  return (costsOf(adapter).compile * all) / (RUNS * (isShared ? SHARED_BY : 1));
}

/** A million elements of `dtype` that a kernel converts as it reads or writes them, beside loading or storing them. */
export function conversionCost(adapter: AdapterFacts, dtype: DType): number {
  if (DTYPES[dtype].itemsize >= 4) return 0;
  const { ofFloat16, ofOthers } = costsOf(adapter);
  return dtype === 'float16' ? ofFloat16 : ofOthers;
}
