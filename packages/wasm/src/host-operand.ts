/** Operands on their way in. */
import { checkOperand, isDeviceTensor, refuse, type AnyTensor, type OperandTensor, type TensorSpec } from '@laxconv/api/backend';

/** `tensor`, checked against `spec` and in host memory. */
export function hostOperand(op: string, argument: string, tensor: OperandTensor, spec: TensorSpec): AnyTensor {
  checkOperand(op, argument, tensor, spec);
  if (!isDeviceTensor(tensor)) return tensor;
  throw refuse('tensor/foreign', `${argument} lies in a device's memory, and the wasm backend has no device; bring it here by toHost`, {
    op,
    argument,
  });
}

/** The bytes of `data`. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
