/**
 * What an adapter says of its library: how it runs one convolution. `peer-backend.ts` makes a Backend of it, with everything that is
 * the contract's and not the library's: lifetimes, checks of operands, layouts, `out`.
 */
import type { Backend, BackendInfo, BoundConv, ConvProblem, ErrorBound, Tensor } from '@laxconv/api/backend';
import type { Sample } from '../runner/timed.ts';
import type { PlainConv } from './plain-conv.ts';

/** float32 numbers as the library hands them over, in its own layout. */
export type Numbers = Float32Array | Float64Array | readonly number[];

/** A library, started. */
export interface Peer {
  /** With the number of threads, where the library can have several. */
  readonly name: string;
  readonly info: BackendInfo;
  /** How it would run this convolution. Throws a {@link Refusal} where it cannot: what it lacks is said, not worked around. */
  plan(conv: PlainConv, problem: ConvProblem): PeerPlan;
  dispose?(): void | Promise<void>;
}

/** Where the features stand: after the batch, or last. A kernel is then [out, in, …spatial] or [out, …spatial, in]'s relatives. */
export type DataLayout = 'channels-first' | 'channels-last';
/** O: output features, I: input features of one group, *: the spatial dimensions. 'IO*' has the groups' inputs in I: ONNX's ConvTranspose. */
export type KernelLayout = 'OI*' | '*IO' | '*OI' | 'IO*';

/** One convolution, the library's way. */
export interface PeerPlan {
  /** `float32-` and what the library calls it. */
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  readonly data: DataLayout;
  readonly weights: KernelLayout;
  /** Also turn the kernel round along every spatial dimension. */
  readonly reverseKernel?: boolean;
  /** Packs weights that lie as `weights` says. They are the library's to keep. */
  bind(weights: Float32Array<ArrayBuffer>): PeerConv | Promise<PeerConv>;
}

/** One convolution with its weights. */
export interface PeerConv {
  /** Puts an input, which lies as `data` says and is the library's to keep, where the library computes best. */
  stage(input: Float32Array<ArrayBuffer>): StagedInput | Promise<StagedInput>;
  dispose?(): void | Promise<void>;
}

/** One convolution of one input, again and again. */
export interface StagedInput {
  /** What is timed, unless there is a `sample`: the convolution, with its result read into JS memory, in the library's own layout. */
  run(): Numbers | Promise<Numbers>;
  /** What is timed where it is not `run`: by the library's own clock where it computes in another process; without reading where it computes on a GPU. */
  readonly sample?: Sample;
  /** True where `sample` leaves results on a device, and its first call compiles. */
  readonly onDevice?: boolean;
  dispose?(): void | Promise<void>;
}

/** Thrown by `plan`: the library has no such convolution. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What a bound convolution of a peer has beside the contract: for the bench, which times a peer on data that lies where it wants it. */
export interface Stageable {
  stage(lhs: Tensor): Promise<StagedRun>;
}

/** A staged lhs. */
export interface StagedRun {
  readonly run: () => unknown;
  readonly sample?: Sample;
  readonly onDevice?: boolean;
  /** Runs once; the result as the problem has it. */
  result(): Promise<Tensor>;
  dispose(): Promise<void>;
}

/** A peer as a backend. */
export interface PeerBackend extends Backend {
  readonly peer: Peer;
}

/** True for a backend over a peer. */
export function isPeer(backend: Backend): backend is PeerBackend {
  return 'peer' in backend;
}

/** True for a peer's. */
export function isStageable(bound: BoundConv): bound is BoundConv & Stageable {
  return 'stage' in bound;
}
