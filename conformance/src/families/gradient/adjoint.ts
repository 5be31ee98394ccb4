/** ⟨g, J v⟩ = ⟨Jᵀ g, v⟩: pulling a cotangent back is the transpose of what the function does to a tangent, whatever the function is. */
import type { DType } from '@laxconv/api/backend';
import { EXACT_STYLES, type FillStyle } from '../../arbitraries/fill.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import { randomTest } from '../random/random-test.ts';
import { gradientCallArbitrary, tensorsOf, type Differentiable, type GradientCall } from './gradient-call.ts';
import { withGradientLab } from './gradient-lab.ts';
import { accuracyOf, expectSame, innerProduct } from './inner-product.ts';

/** Checks the identity for one operand; a convolution is linear in each, so J v is the convolution with v in the operand's place. */
export async function adjointHolds(lab: Lab, call: GradientCall, side: 'lhs' | 'rhs'): Promise<void> {
  const { lhs, rhs, lhsTangent, rhsTangent, cotangent } = tensorsOf(call);
  const tangent = side === 'lhs' ? lhsTangent : rhsTangent;
  const { nonFinite } = lab.context.backend.info;
  const outDType = call.problem.out.dtype;
  await withGradientLab(lab, async (gradients) => {
    const pushed = side === 'lhs' ? await gradients.forward(call, tangent, rhs) : await gradients.forward(call, lhs, tangent);
    const pulled = await gradients.gradient(call, side, lhs, rhs, cotangent);
    expectSame(
      { name: `⟨g, J·${side}⟩`, product: innerProduct(pushed.tensor, cotangent), accuracy: accuracyOf(pushed, [outDType], nonFinite) },
      {
        name: `⟨Jᵀ·g, ${side}⟩`,
        product: innerProduct(pulled.tensor, tangent),
        accuracy: accuracyOf(pulled, [outDType, tangent.dtype], nonFinite),
      },
    );
  });
}

interface Variant {
  readonly name: string;
  readonly fn: Differentiable;
  readonly styles: readonly FillStyle[];
  readonly outDTypes: (dtype: DType) => readonly DType[];
  readonly about: string;
  readonly share?: number;
}

const WIDE_STYLES = ['medium', 'wide', 'cancelling'] as const satisfies readonly FillStyle[];
/** preferredElementType given and other than the operands' dtype. */
const mixed = (dtype: DType): DType[] => someOutDTypes(dtype, (out) => out !== dtype);

const VARIANTS: readonly Variant[] = [
  {
    name: 'adjoint',
    fn: 'lax.convGeneralDilated',
    styles: EXACT_STYLES,
    outDTypes: (dtype) => [dtype],
    about: 'lax.convGeneralDilatedVjp',
  },
  {
    name: 'adjoint-transpose',
    fn: 'lax.convTranspose',
    styles: EXACT_STYLES,
    outDTypes: (dtype) => [dtype],
    about: 'lax.convTransposeVjp',
  },
  {
    name: 'adjoint-rounded',
    fn: 'lax.convGeneralDilated',
    styles: WIDE_STYLES,
    outDTypes: someOutDTypes,
    about: 'within what rounding allows, lax.convGeneralDilatedVjp',
    share: 0.5,
  },
  {
    name: 'adjoint-preferred',
    fn: 'lax.convGeneralDilated',
    styles: EXACT_STYLES,
    outDTypes: mixed,
    about: 'with a preferredElementType, whose cotangent gives gradients of the operands’ own dtype, lax.convGeneralDilatedVjp',
    share: 0.5,
  },
  {
    name: 'adjoint-transpose-preferred',
    fn: 'lax.convTranspose',
    styles: EXACT_STYLES,
    outDTypes: mixed,
    about: 'with a preferredElementType, lax.convTransposeVjp',
    share: 0.5,
  },
];

/** The tests of the adjoint identity. */
export function adjoint(dtype: DType): ConformanceTest[] {
  return VARIANTS.flatMap(({ name, fn, styles, outDTypes, about, share = 1 }) => {
    const outs = outDTypes(dtype);
    if (outs.length === 0) return [];
    return (['lhs', 'rhs'] as const).map((side) =>
      randomTest({
        family: 'gradient',
        address: `${name}/${side}:dtype=${dtype}`,
        about: `⟨g, J v⟩ = ⟨Jᵀ g, v⟩: ${about} pulls cotangents back to ${side} by the transpose of what it does to tangents of ${side}.`,
        arbitrary: gradientCallArbitrary(fn, dtype, outs, styles),
        share,
        holds: (lab, call) => adjointHolds(lab, call, side),
      }),
    );
  });
}
