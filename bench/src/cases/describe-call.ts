/** Short ways to write the cases' calls down. */
import type { ConvCall, FunctionName } from '@laxconv/api';

type Spec = ConvCall['operands'][number];

/** A call of float32 operands with these shapes. */
export function call(fn: FunctionName, lhs: readonly number[], rhs: readonly number[], ...args: unknown[]): ConvCall {
  const float32 = (shape: readonly number[]): Spec => ({ shape, dtype: 'float32' });
  return { fn, operands: [float32(lhs), float32(rhs)], args };
}

/** The same call on operands of another dtype. */
export function withDType(original: ConvCall, dtype: Spec['dtype']): ConvCall {
  return { ...original, operands: original.operands.map(({ shape }) => ({ shape, dtype })) };
}

/** Layouts with the channels last, as TensorFlow and the notebook have them. */
export const NHWC = ['NHWC', 'HWIO', 'NHWC'] as const;
/** Layouts with the channels first, as PyTorch and ONNX have them. */
export const NCHW = ['NCHW', 'OIHW', 'NCHW'] as const;

/** Options of `lax.convGeneralDilated`, of which a layer has few. */
export interface LayerOptions {
  readonly rhsDilation?: readonly number[];
  readonly featureGroupCount?: number;
}

/** A 2-D layer with the channels last, padded SAME. */
export function layer(lhs: readonly number[], rhs: readonly number[], strides = [1, 1], options: LayerOptions = {}): ConvCall {
  return call('lax.convGeneralDilated', lhs, rhs, strides, 'SAME', { ...options, dimensionNumbers: NHWC });
}
