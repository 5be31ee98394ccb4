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
import type { AdapterFacts, Algorithm, BufferRef, Candidate, Dispatch } from './algorithm.ts';
import { cheapest } from './cheapest.ts';
import { compilingCost, costsOf, type ShaderText } from './costs.ts';

/** `algorithm` for tensors of every dtype, in the cheapest way. */
export function asStored(algorithm: Algorithm): Algorithm {
  return {
    ...algorithm,
    consider: (lowered, adapter) => cheapest(waysOf(algorithm, lowered, adapter)),
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

/** Of the shader that a pass is. */
const CASTING: ShaderText = { accesses: 2, operations: 0 };

/** `candidate`, whose kernel sees lhs and result in `way`, with passes for what else is stored otherwise. */
function withPasses(candidate: Candidate, { problem, arithmetic }: LoweredConv, way: StoredTensors, adapter: AdapterFacts): Candidate {
  const computed = DTYPE_OF[arithmetic];
  const needsPass = ({ dtype }: TensorSpec, seen: DType): boolean => dtype !== seen && !isStoredAs(dtype, arithmetic);
  const [castsLhs, castsOut] = [needsPass(problem.lhs, way.lhs), needsPass(problem.out, way.out)];
  const bytesOf = ({ shape }: TensorSpec): number => sizeOf(shape) * DTYPES[computed].itemsize;
  const { dispatch, cast } = costsOf(adapter);
  const passes = [castsLhs, castsOut].filter(Boolean).map(() => CASTING);
  const costOf = ({ shape }: TensorSpec): number => dispatch + (sizeOf(shape) * cast) / 1e6;
  return {
    ...candidate,
    kernel: `${candidate.kernel}${way.lhs === computed ? '' : `-from-${way.lhs}`}${way.out === computed ? '' : `-to-${way.out}`}`,
    cost: candidate.cost + (castsLhs ? costOf(problem.lhs) : 0) + (castsOut ? costOf(problem.out) : 0),
    compiling: candidate.compiling + compilingCost(adapter, passes, true),
    bind(binding) {
      const { constant } = binding;
      const widened = ({ shape, dtype }: TensorSpec, source: BufferRef, target: BufferRef): Dispatch =>
        castDispatch(dtype, computed, sizeOf(shape), { source, target, constant });
      const narrowed = ({ shape, dtype }: TensorSpec, source: BufferRef, target: BufferRef): Dispatch =>
        castDispatch(computed, dtype, sizeOf(shape), { source, target, constant });
      const lhs = castsLhs ? binding.scratch(bytesOf(problem.lhs)) : binding.lhs;
      const out = castsOut ? binding.scratch(bytesOf(problem.out)) : binding.out;
      const rhs = needsPass(problem.rhs, computed)
        ? binding.packed(bytesOf(problem.rhs), (target) => [widened(problem.rhs, binding.rhs, target)])
        : binding.rhs;
      return [
        ...(castsLhs ? [widened(problem.lhs, binding.lhs, lhs)] : []),
        ...candidate.bind({ ...binding, lhs, rhs, out }),
        ...(castsOut ? [narrowed(problem.out, out, binding.out)] : []),
      ];
    },
  };
}
