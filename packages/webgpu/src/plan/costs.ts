/**
 * What things cost, in microseconds, by class of adapter: the one place for measured numbers. `LAVAPIPE` was measured on version 25
 * with two cores, `SWIFTSHADER` on the same machine; all that matters is how each number stands to the others of its class.
 * `GPU` has not been measured on a card; it says what is known of them: arithmetic is cheap, a dispatch is not.
 */
import { DTYPES, type DType } from '@laxconv/api/backend';
import type { AdapterFacts } from './algorithm.ts';

/** Among whom a tile's invocations pass on what they load: nobody, a subgroup, or a workgroup by its memory. */
export type Sharing = 'alone' | 'subgroup' | 'workgroup';

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
  /** What an element of a quadruple takes of the time that one takes alone: for itself; for its taps, by how the four meet those of lhs. */
  readonly quadOutput: number;
  readonly quadTap: Readonly<Record<'same' | 'quad' | 'apart', number>>;
  /** A tile of the implicit GEMM, whatever its depth. */
  readonly tile: number;
  /** A million multiply-adds of the implicit GEMM, by how lhs is loaded and by who shares it: a subgroup in tiles of 16 × 16. */
  readonly gemm: Readonly<Record<'vector' | 'scalar', Readonly<Record<Sharing, number>>>>;
  /** A million elements that Winograd's transforms read or write, in tiles of up to 4 × 4 inputs, and of 6 × 6, which have more in common. */
  readonly transform: number;
  readonly largeTransform: number;
  /** An invocation of lines and strips; a million elements that they and planes load or store, and multiply-adds. */
  readonly invocation: number;
  readonly load: number;
  readonly madd: number;
  /** A barrier of a workgroup of planes: on a CPU, a loop over its invocations that ends, and what they hold written to memory. */
  readonly barrier: number;
  /** A million elements that planes read of workgroup memory, or weights that all invocations want. */
  readonly near: number;
  /** Elements that come with one that is loaded, if they lie beside it and neighbouring invocations want them. */
  readonly line: number;
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
  quadOutput: 1 / 3,
  quadTap: { same: 0.4, quad: 0.4, apart: 0.5 },
  tile: 0.12,
  gemm: { vector: { alone: 105, subgroup: 43, workgroup: 215 }, scalar: { alone: 190, subgroup: 56, workgroup: 280 } },
  transform: 400,
  largeTransform: 720,
  invocation: 0.035,
  load: 230,
  madd: 25,
  barrier: 5,
  near: 230,
  line: 1,
  cast: 700,
  ofFloat16: 400,
  ofOthers: 0,
};
const SWIFTSHADER: Costs = {
  ...LAVAPIPE,
  dispatch: 30,
  compile: 80,
  directOutput: 125_000,
  directTap: 2500,
  direct: 2100,
  tile: 0.7,
  gemm: { vector: { alone: 500, subgroup: 285, workgroup: 1400 }, scalar: { alone: 900, subgroup: 335, workgroup: 1700 } },
  transform: 3300,
  largeTransform: 2250,
  invocation: 0.2,
  load: 1050,
  madd: 150,
  barrier: 100,
  near: 1050,
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
  quadOutput: 1 / 3,
  quadTap: { same: 0.4, quad: 0.4, apart: 0.5 },
  tile: 0.01,
  gemm: { vector: { alone: 0.25, subgroup: 0.25, workgroup: 0.25 }, scalar: { alone: 0.35, subgroup: 0.35, workgroup: 0.35 } },
  transform: 4,
  largeTransform: 5,
  invocation: 0.0005,
  load: 4,
  madd: 0.2,
  barrier: 0.0002,
  near: 0.8,
  line: 8,
  cast: 8,
  ofFloat16: 1,
  ofOthers: 0.5,
};

/** What things cost on `adapter`. */
export function costsOf({ isSoftware, isSwiftShader }: AdapterFacts): Costs {
  if (!isSoftware) return GPU;
  return isSwiftShader ? SWIFTSHADER : LAVAPIPE;
}

/** Loading or storing four neighbours at once, in single elements: to run and to compile, measured on lavapipe; elsewhere assumed. */
const QUAD = 2;

/** What so many `registers` of `size` elements cost to load or store, in single elements. */
export function loadsOf(registers: number, size: 1 | 4): number {
  return registers * (size === 1 ? 1 : QUAD);
}

/** What stands in a shader's text, unrolled, that takes time to compile. */
export interface ShaderText {
  /** Elements that are loaded or stored, quadruples as loadsOf counts them. */
  readonly accesses: number;
  /** Multiply-adds, and elements that are passed to other lanes. */
  readonly operations: number;
}

/** Compiling an access takes as long as so many operations, and a shader with nothing unrolled: measured on lavapipe, within a third. */
const ACCESS = 35;
const BARE = 65;
/** Assumed: problems that share a shader whose text has few sizes in it. */
const SHARED_BY = 4;

/** What compiling shaders with these `texts` adds to each run; who expects one run does not expect other problems. */
export function compilingCost(adapter: AdapterFacts, texts: readonly ShaderText[], isShared: boolean): number {
  const all = texts.reduce((sum, { accesses, operations }) => sum + BARE + accesses * ACCESS + operations, 0);
  return (costsOf(adapter).compile * all) / (adapter.expectedRuns * (isShared ? Math.min(SHARED_BY, adapter.expectedRuns) : 1));
}

/** A million elements of `dtype` that a kernel converts as it reads or writes them, beside loading or storing them. */
export function conversionCost(adapter: AdapterFacts, dtype: DType): number {
  if (DTYPES[dtype].itemsize >= 4) return 0;
  const { ofFloat16, ofOthers } = costsOf(adapter);
  return dtype === 'float16' ? ofFloat16 : ofOthers;
}
