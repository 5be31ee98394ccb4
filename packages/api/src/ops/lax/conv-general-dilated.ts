/** `jax.lax.conv_general_dilated`. */
import { convOfOperands, type Operation } from '../../call/resolution.ts';
import { resolveConv } from '../../resolve/conv.ts';

export const convGeneralDilated: Operation = {
  signature: {
    op: 'lax.convGeneralDilated',
    operands: ['lhs', 'rhs'],
    required: ['windowStrides', 'padding'],
    optional: [],
    options: [
      'lhsDilation',
      'rhsDilation',
      'dimensionNumbers',
      'featureGroupCount',
      'batchGroupCount',
      'precision',
      'preferredElementType',
    ],
  },
  resolve([lhs, rhs], args) {
    return convOfOperands(resolveConv('lax.convGeneralDilated', lhs, rhs, args));
  },
};
