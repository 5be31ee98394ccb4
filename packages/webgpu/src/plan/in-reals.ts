/**
 * Complex problems for algorithms that know real numbers only. Where features lie side by side, the two parts of a complex number are twice
 * as many features, and the weights are matrices that say what i² is. Elsewhere they are a spatial dimension of two positions, since a
 * complex product is a convolution, too: (a, b) with a zero on either side, by the window (d, c, −d), is (ac − bd, ad + bc).
 */
import { piecesOf, rowMajorStrides, type ConvGeometry, type OperandStrides, type SpatialDimension } from '@laxconv/api/backend';
import { computedIn, type LoweredConv } from '../lower/lower.ts';
import { COMPLEX_WEIGHTS_GROUP, complexWeightsParameters, complexWeightsWgsl } from '../wgsl/complex-weights.wgsl.ts';
import { parameterBlock, type Element } from '../wgsl/parameters.wgsl.ts';
import type { Elements } from '../wgsl/stored.wgsl.ts';
import type { AdapterFacts, Algorithm, Binding, BufferRef, Candidate } from './algorithm.ts';
import { compilingCost, type ShaderText } from './costs.ts';
import { lightGrid } from './grid.ts';
import { zeroed } from './zeroed.ts';

/** A problem in real numbers. */
export interface RealConv extends LoweredConv {
  readonly arithmetic: Element;
  /** Real numbers in an element of the problem's tensors. */
  readonly components: 1 | 2;
  /** They are positions of a last spatial dimension, which the problem does not have. */
  readonly hasComponentAxis: boolean;
}

/** An algorithm for real numbers. */
export interface RealAlgorithm {
  readonly name: string;
  /**
   * As Algorithm's. Bounds are those of real numbers, but for `components` 2 where they are not pointwise. What no phase writes is
   * cleared before the candidate's dispatches.
   */
  consider(lowered: RealConv, adapter: AdapterFacts): Candidate | string;
}

/** By four products: as the naive backend's. */
const COMPLEX_BOUND = { kind: 'pointwise', c: 3 } as const;

/** `algorithm` for complex numbers too. */
export function inReals({ name, consider }: RealAlgorithm): Algorithm {
  return {
    name,
    consider(lowered, adapter) {
      const { arithmetic } = lowered;
      if (arithmetic !== 'c64')
        return cleared(consider({ ...lowered, arithmetic, components: 1, hasComponentAxis: false }, adapter), lowered, adapter);
      const real = inRealNumbers(lowered);
      const weightBytes = real.geometry.groups * real.geometry.rhs.group * 4;
      if (weightBytes > adapter.maxBindingBytes) return 'its weights as real numbers are larger than a binding';
      const candidate = cleared(consider(real, adapter), lowered, adapter);
      if (typeof candidate === 'string') return candidate;
      const { kernel, errorBound } = candidate;
      return {
        ...candidate,
        compiling: candidate.compiling + compilingCost(adapter, [REAL_WEIGHTS], true),
        kernel: `c64${kernel.slice('f32'.length)}`,
        errorBound: errorBound.kind === 'pointwise' ? COMPLEX_BOUND : errorBound,
        bind: (binding) => candidate.bind({ ...binding, rhs: realWeights(lowered.geometry, real, weightBytes, binding) }),
      };
    },
  };
}

/** The elements of `lowered`, for shaders. */
export function elementsOf({ arithmetic, stored }: RealConv): Elements {
  return { computed: arithmetic, ...stored };
}

function cleared(candidate: Candidate | string, lowered: LoweredConv, adapter: AdapterFacts): Candidate | string {
  if (typeof candidate === 'string' || lowered.complete) return candidate;
  return {
    ...candidate,
    compiling: candidate.compiling + compilingCost(adapter, [CLEARING], true),
    bind: (binding) => [zeroed(lowered, binding), ...candidate.bind(binding)],
  };
}

/** Of the shaders that clear a result, and that make weights real. */
const CLEARING: ShaderText = { accesses: 1, operations: 0 };
const REAL_WEIGHTS: ShaderText = { accesses: 3, operations: 110 };

/** The components as a dimension. */
const COMPONENT_AXIS: SpatialDimension = {
  input: 2,
  kernel: 3,
  output: 2,
  stride: 1,
  padLow: 1,
  padHigh: 1,
  lhsDilation: 1,
  rhsDilation: 1,
};

/** The loop nest over real numbers. */
function inRealNumbers(lowered: LoweredConv): RealConv {
  const { geometry, phases } = lowered;
  const { inFeatures, outFeatures, spatial, lhs, out, reductionLength } = geometry;
  const hasComponentAxis = (inFeatures > 1 && lhs.inner !== 1) || (outFeatures > 1 && out.inner !== 1);
  const common = { ...lowered, arithmetic: 'f32', stored: computedIn('f32'), components: 2, hasComponentAxis } as const;
  if (!hasComponentAxis) {
    const features = { inFeatures: 2 * inFeatures, outFeatures: 2 * outFeatures, reductionLength: 2 * reductionLength };
    const operands = { lhs: { ...doubled(lhs), inner: 1 }, out: { ...doubled(out), inner: 1 } };
    return { ...common, geometry: withWeights({ ...geometry, ...features, ...operands }) };
  }
  const along = (strides: OperandStrides): OperandStrides => {
    const real = doubled(strides);
    return { ...real, spatial: [...real.spatial, 1] };
  };
  const dimensions = { spatial: [...spatial, COMPONENT_AXIS], reductionLength: 3 * reductionLength };
  return {
    ...common,
    geometry: withWeights({ ...geometry, ...dimensions, lhs: along(lhs), out: along(out) }),
    phases: phases.flatMap((phase) => piecesOf(COMPONENT_AXIS).pieces.map((piece) => [...phase, piece])),
  };
}

function doubled({ offset, group, outer, inner, spatial }: OperandStrides): OperandStrides {
  return { offset: 2 * offset, group: 2 * group, outer: 2 * outer, inner: 2 * inner, spatial: spatial.map((stride) => 2 * stride) };
}

/** `geometry` with weights in a row: by group, position in the window, feature in, feature out. */
function withWeights(geometry: ConvGeometry): ConvGeometry {
  const { spatial, inFeatures, outFeatures } = geometry;
  const sizes = [...spatial.map(({ kernel }) => kernel), inFeatures, outFeatures];
  const group = sizes.reduce((product, size) => product * size, 1);
  const strides = rowMajorStrides(sizes).slice(0, spatial.length);
  return { ...geometry, rhs: { offset: 0, group, outer: 1, inner: outFeatures, spatial: strides } };
}

function realWeights(complex: ConvGeometry, { geometry, hasComponentAxis }: RealConv, bytes: number, binding: Binding): BufferRef {
  const { rhs, spatial } = complex;
  const total = bytes / 4;
  const parameters = parameterBlock(complexWeightsParameters(spatial.length), {
    total,
    outFeatures: geometry.outFeatures,
    inFeatures: geometry.inFeatures,
    taps: COMPONENT_AXIS.kernel,
    offset: rhs.offset,
    group: rhs.group,
    outer: rhs.outer,
    inner: rhs.inner,
    ...Object.fromEntries(
      spatial.flatMap(({ kernel }, d) => [
        [`kernel${d}`, kernel],
        [`stride${d}`, rhs.spatial[d]],
      ]),
    ),
  });
  const what = hasComponentAxis ? 'window' : 'matrix';
  return binding.packed(bytes, (target) => [
    {
      shader: { name: `complex weights, ${what}`, code: complexWeightsWgsl(spatial.length, what) },
      buffers: [binding.rhs, target, binding.constant(parameters)],
      workgroups: lightGrid(total, COMPLEX_WEIGHTS_GROUP),
    },
  ]);
}
