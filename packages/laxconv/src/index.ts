/**
 * `laxconv`: JAX's generalized convolutions for TypeScript.
 *
 * ```ts
 * const { lax, numpy, scipy, backend, dispose } = await laxconv();
 * ```
 */
export { laxconv } from './laxconv.ts';
export type { BackendChoice, LaxconvOptions, WasmOptions, WebgpuOptions } from './options.ts';
export type { BackendName } from './loaders.ts';

// tensors
export { convert, disposeTensor, tensor, toHost, toNested, toNumbers } from '@laxconv/api';
export type {
  AnyTensor,
  ArrayNamesOf,
  DataFor,
  DataOf,
  DeviceTensor,
  DType,
  DTypeOfArray,
  NamedArray,
  Nested,
  NumbersOf,
  Tensor,
} from '@laxconv/api';

// instances, arguments and results
export type {
  BackendHandle,
  ConvDimensionNumbers,
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
  FunctionName,
  Inexact,
  Instance,
  Lax,
  Layout,
  LocalOptions,
  Mode,
  Numpy,
  OperandTensor,
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
  TensorSpec,
  WantedCotangents,
  Wider,
} from '@laxconv/api';

// backends and problems
export type { Backend, BackendInfo, ConvProblem, ErrorBound, Method, Precision } from '@laxconv/api';

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
} from '@laxconv/api';
export type { JaxErrorName, RuleId } from '@laxconv/api';
