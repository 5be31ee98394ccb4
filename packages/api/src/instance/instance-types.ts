/** The types of an instance: the public functions with their documentation, their arguments and results, and the backend's handle. */
export type {
  DeviceCotangent,
  Cotangent,
  DevicePullback,
  DifferentiableDType,
  OutOption,
  PreparedConv,
  Pullback,
  WantedCotangents,
} from './types/results.ts';
export type { Inexact, Preference, Preferred, Promote, Wider } from './types/dtypes.ts';
export type { BackendHandle, Explanation, Rejection } from './types/handle.ts';
export type { Instance, Scipy } from './types/instance.ts';
export type { Lax } from './types/lax.ts';
export type { Numpy } from './types/numpy.ts';
export type { Signal } from './types/scipy-signal.ts';
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
} from './types/options.ts';
export type { DotAlgorithmName, PrecisionName } from '../resolve/precision.ts';
export type { Mode } from '../resolve/signal.ts';
