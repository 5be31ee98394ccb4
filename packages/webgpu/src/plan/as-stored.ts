/**
 * Tensors as they are stored, for algorithms whose kernels compute in 32 bits: lhs and result are converted by the kernel as it reads and
 * writes them, or by passes of their own around it; rhs once, when it is bound. What is read often is converted once, what is read once
 * on the way.
 */
import { DTYPES, sizeOf, type DType, type TensorSpec } from '@laxconv/api/backend';
import { DTYPE_OF, isStoredAs } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import { castDispatch } from '../program/copy.ts';
import type { StoredTensors } from '../wgsl/stored.wgsl.ts';
import type { AdapterFacts, Algorithm, Binding, BufferRef, Candidate, Dispatch } from './algorithm.ts';
import { costsOf } from './costs.ts';

/** `algorithm` for tensors of every dtype, in the cheapest way. */
export function asStored(algorithm: Algorithm): Algorithm {
  return {
    ...algorithm,
    consider(lowered, adapter) {
      const offers = waysOf(algorithm, lowered, adapter);
      return offers.reduce((best, next) => (typeof next !== 'string' && (typeof best === 'string' || next.cost < best.cost) ? next : best));
    },
  };
}

/** What `algorithm` offers, in each way to convert, passes around it first; or why it does not. */
export function waysOf(algorithm: Algorithm, lowered: LoweredConv, adapter: AdapterFacts): (Candidate | string)[] {
  const { problem, stored, arithmetic } = lowered;
  const isOther = (dtype: DType): boolean => !isStoredAs(dtype, arithmetic) && arithmetic !== 'c64';
  const inputs = isOther(problem.lhs.dtype) ? [stored.lhs, problem.lhs.dtype] : [stored.lhs];
  const hasHalves = problem.out.dtype === 'float16' && adapter.features.has('shader-f16');
  const outputs = isOther(problem.out.dtype) && hasHalves ? [stored.out, problem.out.dtype] : [stored.out];
  const ways = inputs.flatMap((lhs) => outputs.map((out): StoredTensors => ({ lhs, out })));
  return ways.map((way) => {
    const candidate = algorithm.consider({ ...lowered, stored: way }, adapter);
    return typeof candidate === 'string' ? candidate : withPasses(candidate, lowered, way, adapter);
  });
}

/** `candidate`, whose kernel sees lhs and result in `way`, with passes for what else is stored otherwise. */
function withPasses(candidate: Candidate, { problem, arithmetic }: LoweredConv, way: StoredTensors, adapter: AdapterFacts): Candidate {
  const computed = DTYPE_OF[arithmetic];
  const needsPass = ({ dtype }: TensorSpec, seen: DType): boolean => dtype !== seen && !isStoredAs(dtype, arithmetic);
  const [castsLhs, castsRhs, castsOut] = [
    needsPass(problem.lhs, way.lhs),
    needsPass(problem.rhs, computed),
    needsPass(problem.out, way.out),
  ];
  const { dispatch, cast } = costsOf(adapter);
  const costOf = ({ shape }: TensorSpec): number => dispatch + (sizeOf(shape) * cast) / 1e6;
  const [reads, writes] = [way.lhs, way.out].map((dtype) => (dtype === computed ? '' : dtype));
  const castOf = ({ shape }: TensorSpec, from: DType, to: DType, source: BufferRef, target: BufferRef, { constant }: Binding): Dispatch =>
    castDispatch(from, to, sizeOf(shape), { source, target, constant });
  const bytesOf = ({ shape }: TensorSpec): number => sizeOf(shape) * DTYPES[computed].itemsize;
  return {
    ...candidate,
    kernel: [candidate.kernel, ...(reads === '' ? [] : [`from-${reads}`]), ...(writes === '' ? [] : [`to-${writes}`])].join('-'),
    cost: candidate.cost + (castsLhs ? costOf(problem.lhs) : 0) + (castsOut ? costOf(problem.out) : 0),
    bind(binding) {
      const lhs = castsLhs ? binding.scratch(bytesOf(problem.lhs)) : binding.lhs;
      const out = castsOut ? binding.scratch(bytesOf(problem.out)) : binding.out;
      const rhs = castsRhs
        ? binding.packed(bytesOf(problem.rhs), (target) => [castOf(problem.rhs, problem.rhs.dtype, computed, binding.rhs, target, binding)])
        : binding.rhs;
      return [
        ...(castsLhs ? [castOf(problem.lhs, problem.lhs.dtype, computed, binding.lhs, lhs, binding)] : []),
        ...candidate.bind({ ...binding, lhs, rhs, out }),
        ...(castsOut ? [castOf(problem.out, computed, problem.out.dtype, out, binding.out, binding)] : []),
      ];
    },
  };
}
