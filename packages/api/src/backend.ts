/**
 * `@laxconv/api/backend`: all that a backend imports. The contract (Backend, ConvPlan, BoundConv), the canonical problem and its
 * geometry, tensors and dtypes, and the two errors that a backend throws.
 */
export type { Backend, BackendInfo, BoundConv, ConvPlan, ErrorBound, OperandTensor, RunOptions } from './problem/backend.ts';
export { accumulatorOf, isBackend } from './problem/backend.ts';
export { checkOptions, wrongOption } from './call/options.ts';
export type { ConvProblem, Method, Precision, TensorSpec } from './problem/problem.ts';
export { freezeProblem } from './problem/freeze-problem.ts';
export type { ConvGeometry, OperandStrides, SpatialDimension } from './problem/geometry.ts';
export { convGeometry } from './problem/geometry.ts';
export type { Edges, Piece, Pieces } from './problem/phases.ts';
export { classesOf, cutAt, cutAtPadding, edgesOf, piecesOf } from './problem/phases.ts';
export { gcd, inverseModulo } from './problem/modular.ts';
export type { Assignments, WinogradTransform } from './problem/winograd.ts';
export { winogradConstant, winogradTransforms } from './problem/winograd.ts';
export { Lifetime } from './problem/lifetime.ts';
export { checkOperand, checkOut, hostOperand, outOf } from './problem/check-operand.ts';
export type { DataOf, DType, DTypeInfo, DTypeKind } from './tensor/dtype.ts';
export { DTYPE_NAMES, DTYPES, isDType } from './tensor/dtype.ts';
export { allocate } from './tensor/allocate.ts';
export { rowMajorStrides } from './tensor/strides.ts';
export type { Elements, Scalar } from './tensor/elements.ts';
export { elementConverter, elementReader } from './tensor/elements.ts';
export type { AnyTensor, DeviceTensor, Tensor } from './tensor/tensor.ts';
export { isDeviceTensor, sizeOf, zeros } from './tensor/tensor.ts';
export { readSpec } from './tensor/read-tensor.ts';
export type { View } from './tensor/view.ts';
export { rearrange } from './tensor/view.ts';
export { fromBfloat16Bits, toBfloat16Bits } from './tensor/bfloat16.ts';
export { fromFloat16Bits, toFloat16Bits } from './tensor/float16.ts';
export type { JaxErrorName, RuleId } from './rules.ts';
export { isLaxconvError, isUnsupportedProblem, LaxconvError, refuse, UnsupportedProblemError } from './errors.ts';
