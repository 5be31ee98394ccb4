/** What a plan checks at each run: dtype, element count, live data, and that `out` is the caller's own memory. */
import { refuse } from '../errors.ts';
import { checkOptions } from '../call/options.ts';
import { bufferOf, byteLengthOf, byteOffsetOf, classOf } from '../tensor/intrinsics.ts';
import { isPlain, plainView } from '../tensor/plain-data.ts';
import { checkData, checkDType, checkIsTensor, checkShape, isDeviceTensor, sizeOf, type AnyTensor } from '../tensor/tensor.ts';
import type { OperandTensor, RunOptions } from './backend.ts';
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
  checkIsTensor(op, argument, tensor);
  if (tensor.dtype !== spec.dtype) {
    checkDType(op, `${argument}.dtype`, tensor.dtype);
    throw refuse('operand/dtype', `${argument} must be ${spec.dtype}, as prepared, got ${tensor.dtype}`, {
      op,
      argument,
      values: { expected: spec.dtype, got: tensor.dtype },
    });
  }
  checkShape(op, argument, tensor.shape);
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
  // Whoever computes reads an array that is what it seems to be.
  if (!isDeviceTensor(tensor)) {
    const { dtype, shape, data } = tensor;
    return isPlain(dtype, data) ? tensor : { dtype, shape, data: plainView(dtype, data) };
  }
  throw refuse('tensor/foreign', `${argument} lies in a device's memory, which this backend does not read; bring it here by toHost`, {
    op,
    argument,
  });
}

/**
 * The `out` of a run's options, if there is one: for a backend's `run` and `runSync`, whose options may be anything.
 *
 * @param op Who runs, for the error's text.
 * @param options What the caller gave.
 * @throws `LaxconvTypeError` on anything but a plain object, and on an unknown option
 * @example
 * outOf('backend mine: run', undefined); // → undefined
 */
export function outOf(op: string, options: RunOptions | undefined): RunOptions['out'] {
  if (options === undefined) return undefined;
  checkOptions(op, options, RUN_OPTIONS);
  return options.out;
}

const RUN_OPTIONS = ['out'] as const satisfies (keyof RunOptions)[];

/**
 * Throws unless `out` fits `spec` and shares no byte with an operand.
 *
 * @param op Who checks, for the error's text.
 * @param out The caller's tensor, to be written.
 * @param spec What the problem says of the result.
 * @param operands The operands, by name.
 * @throws `LaxconvValueError` on another dtype or number of elements, an overlap, or (`tensor/foreign`) a tensor in a device's memory
 * @throws `LaxconvTypeError` on what is no tensor, or has an array that may say anything of its length: of a subclass, or with own properties
 * @example
 * const lhs = tensor([1, 2, 3]);
 * checkOut('backend mine', zeros([3], 'float32'), { shape: [3], dtype: 'float32' }, { lhs }); // → undefined
 */
export function checkOut(op: string, out: AnyTensor, spec: TensorSpec, operands: Readonly<Record<string, OperandTensor>>): void {
  checkIsTensor(op, 'out', out);
  if (isDeviceTensor(out)) {
    throw refuse(
      'tensor/foreign',
      "out is for results in host memory, and lies in a device's; without out, a device operand gives a device result",
      {
        op,
        argument: 'out',
      },
    );
  }
  checkDType(op, 'out.dtype', out.dtype);
  checkShape(op, 'out', out.shape);
  if (out.dtype !== spec.dtype || sizeOf(out.shape) !== sizeOf(spec.shape)) {
    throw refuse(
      'tensor/out',
      `out must be ${spec.dtype} of shape [${spec.shape.join(', ')}], got ${out.dtype} of shape [${out.shape.join(', ')}]`,
      { op, argument: 'out', values: { expected: spec, got: { dtype: out.dtype, shape: out.shape } } },
    );
  }
  checkData(op, 'out', out.dtype, out.shape, out.data);
  if (!isPlain(out.dtype, out.data)) {
    throw refuse(
      'tensor/data-class',
      `out.data must be a plain ${classOf(out.data)}, not one of a subclass, another realm or with properties`,
      {
        op,
        argument: 'out',
        values: { dtype: out.dtype, expected: classOf(out.data) },
      },
    );
  }
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
  if (bufferOf(a) !== bufferOf(b)) return false;
  const startOfA = byteOffsetOf(a);
  const startOfB = byteOffsetOf(b);
  return startOfA < startOfB + byteLengthOf(b) && startOfB < startOfA + byteLengthOf(a);
}
