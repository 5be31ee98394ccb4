/**
 * `@laxconv/api`: the public functions, tensors and errors. `laxconvOn(backend)` binds the functions to a backend:
 *
 * ```ts
 * const { lax } = laxconvOn(await createBackend());
 * const y = await lax.conv(x, w, [1, 1], 'SAME');
 * ```
 */
export { laxconvOn, type InstanceOptions } from './instance/instance.ts';

// what an instance is: its functions, what they take and give, what it says of its backend
export type { Instance, Scipy } from './instance/types/instance.ts';
export type { Lax } from './instance/types/lax.ts';
export type { Numpy } from './instance/types/numpy.ts';
export type { Signal } from './instance/types/scipy-signal.ts';
export type {
  ConvGeneralDilatedOptions,
  ConvTransposeOptions,
  DimensionNumbers,
  ElementOptions,
  FftConvolveOptions,
  Layout,
  LocalOptions,
  Padding,
  PaddingPairs,
  PatchesOptions,
  PrecisionLike,
  PrecisionPair,
  SignalMethod,
  SignalOptions,
  SpatialOptions,
} from './instance/types/options.ts';
export type { DotAlgorithmName, PrecisionName } from './resolve/precision.ts';
export type { Mode } from './resolve/signal.ts';
export type {
  Cotangent,
  DeviceCotangent,
  DevicePullback,
  DifferentiableDType,
  OutOption,
  PreparedConv,
  Pullback,
  WantedCotangents,
} from './instance/types/results.ts';
export type { Inexact, Preference, Preferred, Promote, Wider } from './instance/types/dtypes.ts';
export type { BackendHandle, Explanation, Rejection } from './instance/types/handle.ts';

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
