/** `jax.lax.conv_general_dilated`, at once or prepared for many runs. */
import type { FunctionName } from '../../call/conv-call.ts';
import { convOfOperands, type Operation } from '../../call/resolution.ts';
import { resolveConv } from '../../resolve/conv.ts';

/** The convolution that all others of lax are cases of. */
export const convGeneralDilated = named('lax.convGeneralDilated');
/** Its lhs is a shape and a dtype; the data comes with each run. */
export const prepareConvGeneralDilated = named('lax.prepareConvGeneralDilated');

function named(op: FunctionName): Operation {
  return {
    signature: {
      op,
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
      return convOfOperands(resolveConv(op, lhs, rhs, args));
    },
  };
}
