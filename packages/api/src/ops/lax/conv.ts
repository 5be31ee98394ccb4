/** `jax.lax.conv`: conv_general_dilated with default layouts, no dilation, no groups. */
import { convOfOperands, type Operation } from '../../call/resolution.ts';
import { resolveConv } from '../../resolve/conv.ts';

/** `convGeneralDilated` without layouts, dilations and groups. */
export const conv: Operation = {
  signature: {
    op: 'lax.conv',
    operands: ['lhs', 'rhs'],
    required: ['windowStrides', 'padding'],
    optional: [],
    options: ['precision', 'preferredElementType'],
  },
  resolve([lhs, rhs], { windowStrides, padding, precision, preferredElementType }) {
    return convOfOperands(resolveConv('lax.conv', lhs, rhs, { windowStrides, padding, precision, preferredElementType }));
  },
};
