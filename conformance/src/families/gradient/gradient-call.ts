/** Random calls of the Vjp functions with the convolution that each means, made from the convolution: no resolver is involved. */
import fc from 'fast-check';
import { convert } from '@laxconv/api';
import type { ConvProblem, DType, Tensor } from '@laxconv/api/backend';
import { fillArbitrary, fillTensor, type Fill, type FillStyle } from '../../arbitraries/fill.ts';
import { laxCallArbitrary, type LaxCall } from '../../arbitraries/lax-call.ts';
import { argumentsOf } from '../contract/public-call.ts';
import { transposeCallArbitrary } from './transpose-call.ts';

/** The functions that have a gradient, without `Vjp`. */
export type Differentiable = 'lax.convGeneralDilated' | 'lax.convTranspose';

/** A call, the convolution that it means, and what its tensors hold. Plain data: a counterexample prints as it is. */
export interface GradientCall {
  readonly fn: Differentiable;
  /** After the operands. */
  readonly args: readonly unknown[];
  /** The forward convolution. */
  readonly problem: ConvProblem;
  readonly fills: Readonly<Record<'lhs' | 'rhs' | 'tangent' | 'cotangent', Fill>>;
}

/** Calls of `fn` on operands of `dtype`, accumulated in one of `outDTypes`. */
export function gradientCallArbitrary(
  fn: Differentiable,
  dtype: DType,
  outDTypes: readonly DType[],
  styles: readonly FillStyle[],
): fc.Arbitrary<GradientCall> {
  const fill = fillArbitrary(styles);
  const call = fn === 'lax.convTranspose' ? transposeCallArbitrary(dtype, outDTypes) : laxCallArbitrary(dtype, outDTypes).map(generalArgs);
  const fills = fc.record({ lhs: fill, rhs: fill, tangent: fill, cotangent: fill });
  return fc.record({ call, fills }).map(({ call: { args, problem }, fills: held }) => ({ fn, args, problem, fills: held }));
}

/** The arguments of `lax.convGeneralDilated` for any of the lax calls. */
function generalArgs({ fn, args, problem }: LaxCall): { args: readonly unknown[]; problem: ConvProblem } {
  if (fn !== 'lax.convWithGeneralPadding') return { args, problem };
  const general = argumentsOf(problem);
  if (general === undefined) throw new Error('a lax call without a general form');
  return { args: general, problem };
}

/** The tensors of a call: its operands, a tangent of each, and a cotangent of the result. */
export interface GradientTensors {
  readonly lhs: Tensor;
  readonly rhs: Tensor;
  readonly lhsTangent: Tensor;
  readonly rhsTangent: Tensor;
  readonly cotangent: Tensor;
}

/** Fills the tensors of a call; seeds are set apart, since equal tensors would hide an exchange. */
export function tensorsOf({ problem: { lhs, rhs, out }, fills }: Pick<GradientCall, 'problem' | 'fills'>): GradientTensors {
  const apart = ({ style, seed }: Fill, by: number): Fill => ({ style, seed: seed + by });
  return {
    lhs: fillTensor(lhs, fills.lhs, out.dtype),
    rhs: fillTensor(rhs, apart(fills.rhs, 0x5bd1), out.dtype),
    lhsTangent: fillTensor(lhs, apart(fills.tangent, 0x2c9d), out.dtype),
    rhsTangent: fillTensor(rhs, apart(fills.tangent, 0x71b3), out.dtype),
    // Of a size that the operands' dtype holds, since gradients end in it.
    cotangent: convert(fillTensor({ shape: out.shape, dtype: lhs.dtype }, apart(fills.cotangent, 0x3f47), out.dtype), out.dtype),
  };
}
