/** `jax.vjp` of `conv_general_dilated` and `conv_transpose`: the forward convolution with the convolutions that are its gradients. */
import { convOfOperands, type ConvStep, type Operation } from '../../call/resolution.ts';
import type { BoundArguments, Signature } from '../../call/signature.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { resolveConv, type ResolvedConv } from '../../resolve/conv.ts';
import { DTYPES } from '../../tensor/dtype.ts';
import { convGeneralDilated } from '../lax/conv-general-dilated.ts';
import { CONV_TRANSPOSE_PARAMETERS, resolveConvTranspose } from '../lax/conv-transpose.ts';
import { lhsCotangent, rhsCotangent } from './cotangents.ts';

/** `convGeneralDilated` with its gradients. */
export const convGeneralDilatedVjp = vjpOf({ ...convGeneralDilated.signature, op: 'lax.convGeneralDilatedVjp' }, resolveConv);
/** `convTranspose` with its gradients. */
export const convTransposeVjp = vjpOf({ op: 'lax.convTransposeVjp', ...CONV_TRANSPOSE_PARAMETERS }, resolveConvTranspose);

type Resolve = (op: string, lhs: TensorSpec, rhs: TensorSpec, args: BoundArguments) => ResolvedConv;

function vjpOf(signature: Signature, resolveForward: Resolve): Operation {
  return {
    signature,
    resolve([lhs, rhs], args) {
      const forward = resolveForward(signature.op, lhs, rhs, args);
      const step = (operand: TensorSpec, cotangent: (problem: NonNullable<ResolvedConv['problem']>) => ConvStep): ConvStep | null => {
        if (!isDifferentiable(operand)) return null;
        return forward.problem === null ? emptyStep(operand) : cotangent(forward.problem);
      };
      return { ...convOfOperands(forward), cotangents: { lhs: step(lhs, lhsCotangent), rhs: step(rhs, rhsCotangent) } };
    },
  };
}

/** JAX gives integers and bools a cotangent of type float0: nothing. */
function isDifferentiable({ dtype }: TensorSpec): boolean {
  const { kind } = DTYPES[dtype];
  return kind === 'float' || kind === 'complex';
}

/** Of an empty sum or result: zeros. */
function emptyStep(operand: TensorSpec): ConvStep {
  return { problem: null, lhs: { from: 'operand', index: 0 }, rhs: { from: 'operand', index: 1 }, out: operand };
}
