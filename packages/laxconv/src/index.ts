/**
 * `laxconv`: JAX's generalized convolutions for TypeScript.
 *
 * ```ts
 * const { lax, numpy, scipy, backend, dispose } = await laxconv();
 * ```
 */
export { laxconv } from './laxconv.ts';
export type { BackendChoice, LaxconvOptions } from './options.ts';
export type { BackendName } from './loaders.ts';

// tensors
export { convert, disposeTensor, tensor, toHost, toNested, toNumbers } from '@laxconv/api';
export type { AnyTensor, DataOf, DeviceTensor, DType, Nested, NumbersOf, Tensor } from '@laxconv/api';

// instances and arguments
export type {
  BackendHandle,
  ConvDimensionNumbers,
  ConvGeneralDilatedOptions,
  DimensionNumbers,
  ElementOptions,
  Explanation,
  FunctionName,
  Instance,
  Lax,
  Layout,
  Mode,
  Numpy,
  Padding,
  PrecisionLike,
  PrecisionName,
  Rejection,
  Signal,
  SignalOptions,
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
