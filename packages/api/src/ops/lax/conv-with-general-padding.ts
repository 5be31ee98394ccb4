/** `jax.lax.conv_with_general_padding`: conv_general_dilated with default layouts (NCHW, OIHW), no groups. */
import { convOfOperands, type Operation } from '../../call/resolution.ts';
import { resolveConv } from '../../resolve/conv.ts';

/** `convGeneralDilated` without layouts and groups. */
export const convWithGeneralPadding: Operation = {
  signature: {
    op: 'lax.convWithGeneralPadding',
    operands: ['lhs', 'rhs'],
    required: ['windowStrides', 'padding', 'lhsDilation', 'rhsDilation'],
    optional: [],
    options: ['precision', 'preferredElementType'],
  },
  resolve([lhs, rhs], { windowStrides, padding, lhsDilation, rhsDilation, precision, preferredElementType }) {
    const args = { windowStrides, padding, lhsDilation, rhsDilation, precision, preferredElementType };
    return convOfOperands(resolveConv('lax.convWithGeneralPadding', lhs, rhs, args));
  },
};
