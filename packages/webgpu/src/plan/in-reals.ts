/** Complex problems for algorithms that know real numbers only: twice the features on both sides, and weights that say what i² is. */
import { rowMajorStrides, type ConvGeometry, type OperandStrides } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { COMPLEX_WEIGHTS_GROUP, complexWeightsParameters, complexWeightsWgsl } from '../wgsl/complex-weights.wgsl.ts';
import { parameterBlock, type Element } from '../wgsl/parameters.wgsl.ts';
import type { AdapterFacts, Algorithm, Binding, BufferRef, Candidate } from './algorithm.ts';
import { gridOf } from './grid.ts';

/** A problem in real numbers. */
export interface RealConv extends LoweredConv {
  readonly arithmetic: Element;
  /** Real numbers in an element of the problem's tensors. */
  readonly components: 1 | 2;
}

/** An algorithm for real numbers. */
export interface RealAlgorithm {
  readonly name: string;
  /** As Algorithm's. Bounds are those of real numbers, but for `components` 2 where they are not pointwise. */
  consider(lowered: RealConv, adapter: AdapterFacts): Candidate | string;
}

/** By four products: as the naive backend's. */
const COMPLEX_BOUND = { kind: 'pointwise', c: 3 } as const;

/** `algorithm` for complex numbers too, where their features lie side by side. */
export function inReals({ name, consider }: RealAlgorithm): Algorithm {
  return {
    name,
    consider(lowered, adapter) {
      const { arithmetic, geometry } = lowered;
      if (arithmetic !== 'c64') return consider({ ...lowered, arithmetic, components: 1 }, adapter);
      const real = realGeometry(geometry);
      if (typeof real === 'string') return real;
      const weightBytes = real.groups * real.rhs.group * 4;
      if (weightBytes > adapter.maxBindingBytes) return 'its weights as real numbers are larger than a binding';
      const candidate = consider({ ...lowered, geometry: real, arithmetic: 'f32', components: 2 }, adapter);
      if (typeof candidate === 'string') return candidate;
      const { kernel, errorBound } = candidate;
      return {
        ...candidate,
        kernel: `c64${kernel.slice('f32'.length)}`,
        errorBound: errorBound.kind === 'pointwise' ? COMPLEX_BOUND : errorBound,
        bind: (binding) => candidate.bind({ ...binding, rhs: realWeights(geometry, weightBytes, binding) }),
      };
    },
  };
}

/** The loop nest over real numbers; or why there is none. */
function realGeometry(geometry: ConvGeometry): ConvGeometry | string {
  const { inFeatures, outFeatures, spatial } = geometry;
  const [lhs, out] = [realStrides(geometry.lhs, inFeatures), realStrides(geometry.out, outFeatures)];
  if (lhs === null || out === null) return 'complex features that do not lie side by side';
  const [inner, outer] = [2 * outFeatures, 1];
  const window = [...spatial.map(({ kernel }) => kernel), 2 * inFeatures, inner];
  return {
    ...geometry,
    inFeatures: 2 * inFeatures,
    outFeatures: 2 * outFeatures,
    lhs,
    out,
    rhs: {
      offset: 0,
      group: window.reduce((product, size) => product * size, 1),
      outer,
      inner,
      spatial: rowMajorStrides(window).slice(0, spatial.length),
    },
    reductionLength: 2 * geometry.reductionLength,
  };
}

function realStrides({ offset, group, outer, inner, spatial }: OperandStrides, features: number): OperandStrides | null {
  if (features > 1 && inner !== 1) return null;
  return { offset: 2 * offset, group: 2 * group, outer: 2 * outer, inner: 1, spatial: spatial.map((stride) => 2 * stride) };
}

function realWeights({ rhs, inFeatures, outFeatures, spatial }: ConvGeometry, bytes: number, binding: Binding): BufferRef {
  const total = bytes / 4;
  const parameters = parameterBlock(complexWeightsParameters(spatial.length), {
    total,
    outFeatures,
    inFeatures,
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
  return binding.packed(bytes, (target) => [
    {
      shader: { name: 'complex weights', code: complexWeightsWgsl(spatial.length) },
      buffers: [binding.rhs, target, binding.constant(parameters)],
      workgroups: gridOf(Math.ceil(total / COMPLEX_WEIGHTS_GROUP)),
    },
  ]);
}
