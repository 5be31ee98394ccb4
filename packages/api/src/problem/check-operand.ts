/** What a plan checks at each run: dtype, element count, live data, and that `out` is the caller's own memory. */
import { refuse } from '../errors.ts';
import { checkData, isDeviceTensor, sizeOf, type AnyTensor } from '../tensor/tensor.ts';
import type { OperandTensor } from './backend.ts';
import type { TensorSpec } from './problem.ts';

/**
 * Throws unless `tensor` has the dtype and number of elements of `spec` and its data is there. The shape's label is free.
 *
 * @param op Who checks, for the error's text.
 * @param argument The operand's name.
 * @param tensor The operand.
 * @param spec What the problem says of it.
 * @throws `LaxconvTypeError` on another dtype or another class of data
 * @throws `LaxconvValueError` on another number of elements, or data of another length or detached
 * @example
 * const spec = { shape: [1, 1, 4], dtype: 'float32' } as const;
 * checkOperand('backend mine', 'lhs', tensor([1, 2, 3, 4]), spec); // → undefined
 */
export function checkOperand(op: string, argument: string, tensor: OperandTensor, spec: TensorSpec): void {
  if (tensor.dtype !== spec.dtype) {
    throw refuse('operand/dtype', `${argument} must be ${spec.dtype}, as prepared, got ${tensor.dtype}`, {
      op,
      argument,
      values: { expected: spec.dtype, got: tensor.dtype },
    });
  }
  if (sizeOf(tensor.shape) !== sizeOf(spec.shape)) {
    throw refuse(
      'operand/shape',
      `${argument} must have the ${sizeOf(spec.shape)} elements of shape [${spec.shape.join(', ')}], got shape [${tensor.shape.join(', ')}]`,
      { op, argument, values: { expected: spec.shape, got: tensor.shape } },
    );
  }
  if (!isDeviceTensor(tensor)) checkData(op, argument, tensor.dtype, tensor.shape, tensor.data);
}

/**
 * `tensor`, checked as `checkOperand` does and in host memory: for backends that have no device.
 *
 * @param op Who checks, for the error's text.
 * @param argument The operand's name.
 * @param tensor The operand.
 * @param spec What the problem says of it.
 * @throws `LaxconvTypeError` on another dtype or another class of data
 * @throws `LaxconvValueError` as `checkOperand`, and (`tensor/foreign`) on a tensor in a device's memory
 * @example
 * const spec = { shape: [1, 1, 4], dtype: 'float32' } as const;
 * hostOperand('backend mine', 'lhs', tensor([1, 2, 3, 4]), spec).shape; // → [4]
 */
export function hostOperand(op: string, argument: string, tensor: OperandTensor, spec: TensorSpec): AnyTensor {
  checkOperand(op, argument, tensor, spec);
  if (!isDeviceTensor(tensor)) return tensor;
  throw refuse('tensor/foreign', `${argument} lies in a device's memory, which this backend does not read; bring it here by toHost`, {
    op,
    argument,
  });
}

/**
 * Throws unless `out` fits `spec` and shares no byte with an operand.
 *
 * @param op Who checks, for the error's text.
 * @param out The caller's tensor, to be written.
 * @param spec What the problem says of the result.
 * @param operands The operands, by name.
 * @throws `LaxconvValueError` on another dtype or number of elements, or an overlap
 * @example
 * const lhs = tensor([1, 2, 3]);
 * checkOut('backend mine', zeros([3], 'float32'), { shape: [3], dtype: 'float32' }, { lhs }); // → undefined
 */
export function checkOut(op: string, out: AnyTensor, spec: TensorSpec, operands: Readonly<Record<string, OperandTensor>>): void {
  if (out.dtype !== spec.dtype || sizeOf(out.shape) !== sizeOf(spec.shape)) {
    throw refuse(
      'tensor/out',
      `out must be ${spec.dtype} of shape [${spec.shape.join(', ')}], got ${out.dtype} of shape [${out.shape.join(', ')}]`,
      { op, argument: 'out', values: { expected: spec, got: { dtype: out.dtype, shape: out.shape } } },
    );
  }
  checkData(op, 'out', out.dtype, out.shape, out.data);
  // No list of entries is made: `runSync`, which an audio thread may call, allocates nothing.
  for (const name in operands) {
    const operand = operands[name];
    if (isDeviceTensor(operand) || !overlap(out.data, operand.data)) continue;
    throw refuse('tensor/out-overlap', `out shares memory with ${name}; give it memory of its own`, {
      op,
      argument: 'out',
      values: { operand: name },
    });
  }
}

function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
