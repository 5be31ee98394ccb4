/**
 * `@laxconv/api`: the public functions, tensors and errors. `laxconvOn(backend)` binds the functions to a backend:
 *
 * ```ts
 * const { lax } = laxconvOn(await createBackend());
 * const y = await lax.conv(x, w, [1, 1], 'SAME');
 * ```
 */
export { laxconvOn, type InstanceOptions } from './instance/instance.ts';
export type {
  BackendHandle,
  ConvGeneralDilatedOptions,
  ConvTransposeOptions,
  Cotangent,
  DeviceCotangent,
  DevicePullback,
  DifferentiableDType,
  DimensionNumbers,
  DotAlgorithmName,
  ElementOptions,
  Explanation,
  FftConvolveOptions,
  Inexact,
  Instance,
  Lax,
  Layout,
  LocalOptions,
  Mode,
  Numpy,
  OutOption,
  Padding,
  PaddingPairs,
  PatchesOptions,
  PrecisionLike,
  PrecisionName,
  PrecisionPair,
  Preference,
  Preferred,
  PreparedConv,
  Promote,
  Pullback,
  Rejection,
  Scipy,
  Signal,
  SignalMethod,
  SignalOptions,
  SpatialOptions,
  WantedCotangents,
  Wider,
} from './instance/instance-types.ts';

// calls as data
export { resolve } from './call/resolve.ts';
export type { ConvCall, FunctionName } from './call/conv-call.ts';

// tensors
export { tensor, type DataFor } from './tensor/create.ts';
export { convert, toNested, toNumbers, type NumbersOf } from './tensor/convert.ts';
export { disposeTensor, toHost } from './tensor/to-host.ts';
export type { ArrayNamesOf, DTypeOfArray, NamedArray } from './tensor/array-classes.ts';
export type { Nested } from './tensor/nested.ts';
export type { AnyTensor, DeviceTensor, Tensor } from './tensor/tensor.ts';
export type { DataOf, DType } from './tensor/dtype.ts';

// problems and backends
export type { Backend, BackendInfo, BoundConv, ConvPlan, ErrorBound, OperandTensor } from './problem/backend.ts';
export type { ConvProblem, Method, Precision, TensorSpec } from './problem/problem.ts';
export type { ConvDimensionNumbers } from './resolve/dimension-numbers.ts';

// errors
export {
  isLaxconvError,
  isUnsupportedProblem,
  LaxconvAssertionError,
  LaxconvError,
  LaxconvIndexError,
  LaxconvNotImplementedError,
  LaxconvRuntimeError,
  LaxconvTypeError,
  LaxconvValueError,
  UnsupportedProblemError,
} from './errors.ts';
export { RULES, type JaxErrorName, type Rule, type RuleId } from './rules.ts';
