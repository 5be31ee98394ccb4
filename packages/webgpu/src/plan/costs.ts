/**
 * What things cost, in microseconds, by class of adapter: the one place for measured numbers. `LAVAPIPE` was measured on version 25
 * with two cores, `SWIFTSHADER` on the same machine; all that matters is how each number stands to the others of its class.
 * `GPU` has not been measured on a card; it says what is known of them: arithmetic is cheap, a dispatch is not.
 */
import { DTYPES, type DType } from '@laxconv/api/backend';
import type { AdapterFacts } from './algorithm.ts';

/** Microseconds. */
export interface Costs {
  readonly dispatch: number;
  /** Compiling an operation of a shader's text (compilingCost). */
  readonly compile: number;
  /** Workgroups of the implicit GEMM that keep the adapter busy. */
  readonly workgroups: number;
  /** A million outputs of the generic kernel, taps of them, and multiply-adds. */
  readonly directOutput: number;
  readonly directTap: number;
  readonly direct: number;
  /** A tile of the implicit GEMM, whatever its depth. */
  readonly tile: number;
  /** A million multiply-adds of the implicit GEMM in tiles of 16 × 16, by how lhs is loaded; and where each invocation loads for itself. */
  readonly gemmVector: number;
  readonly gemmScalar: number;
  readonly aloneVector: number;
  readonly aloneScalar: number;
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

const LAVAPIPE: Costs = {
  dispatch: 12,
  compile: 200,
  workgroups: 4,
  directOutput: 35_000,
  directTap: 700,
  direct: 600,
  tile: 0.12,
  gemmVector: 43,
  gemmScalar: 56,
  aloneVector: 105,
  aloneScalar: 190,
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
const SWIFTSHADER: Costs = {
  ...LAVAPIPE,
  dispatch: 30,
  compile: 70,
  directOutput: 147_000,
  directTap: 2900,
  direct: 2500,
  tile: 0.7,
  gemmVector: 285,
  gemmScalar: 335,
  aloneVector: 500,
  aloneScalar: 900,
  transform: 3300,
  largeTransform: 2250,
  invocation: 0.2,
  load: 1050,
  madd: 150,
  cast: 3500,
  ofFloat16: 2000,
};
const GPU: Costs = {
  dispatch: 6,
  compile: 10,
  workgroups: 256,
  directOutput: 10,
  directTap: 2,
  direct: 4,
  tile: 0.01,
  gemmVector: 0.25,
  gemmScalar: 0.35,
  aloneVector: 0.25,
  aloneScalar: 0.35,
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

/** By it the two are told apart: lavapipe's is 8, but where there is no AVX. */
const SWIFTSHADERS_SUBGROUP = 4;

/** What things cost on `adapter`. */
export function costsOf({ isSoftware, subgroupSize }: AdapterFacts): Costs {
  if (!isSoftware) return GPU;
  return subgroupSize === SWIFTSHADERS_SUBGROUP ? SWIFTSHADER : LAVAPIPE;
}

/** What stands in a shader's text, unrolled, that takes time to compile. */
export interface ShaderText {
  /** Elements that are loaded or stored. */
  readonly accesses: number;
  /** Multiply-adds, and elements that are passed to other lanes. */
  readonly operations: number;
}

/** Compiling an access takes as long as so many operations, and a shader with nothing unrolled: measured on lavapipe, within a third. */
const ACCESS = 35;
const BARE = 65;
/** Assumed: runs that pay for compiling a shader, and problems that share one whose text has no sizes in it. */
const RUNS = 1500;
const SHARED_BY = 4;

/** What compiling shaders with these `texts` adds to each run. */
export function compilingCost(adapter: AdapterFacts, texts: readonly ShaderText[], isShared: boolean): number {
  const all = texts.reduce((sum, { accesses, operations }) => sum + BARE + accesses * ACCESS + operations, 0);
  return (costsOf(adapter).compile * all) / (RUNS * (isShared ? SHARED_BY : 1));
}

/** A million elements of `dtype` that a kernel converts as it reads or writes them, beside loading or storing them. */
export function conversionCost(adapter: AdapterFacts, dtype: DType): number {
  if (DTYPES[dtype].itemsize >= 4) return 0;
  const { ofFloat16, ofOthers } = costsOf(adapter);
  return dtype === 'float16' ? ofFloat16 : ofOthers;
}
