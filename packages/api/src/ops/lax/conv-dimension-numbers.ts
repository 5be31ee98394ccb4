/** `jax.lax.conv_dimension_numbers`: synchronous, no tensor involved. */
import { bindArguments } from '../../call/signature.ts';
import { refuse } from '../../errors.ts';
import { asSequence } from '../../resolve/arguments.ts';
import { resolveDimensionNumbers, type ConvDimensionNumbers } from '../../resolve/dimension-numbers.ts';
import { describe } from '../../tensor/describe.ts';

const op = 'lax.convDimensionNumbers';

/** Binds and resolves a call; only the ranks of the shapes matter. */
export function convDimensionNumbers(values: readonly unknown[]): ConvDimensionNumbers {
  const signature = { op, operands: [], required: ['lhsShape', 'rhsShape', 'dimensionNumbers'], optional: [], options: [] } as const;
  const { lhsShape, rhsShape, dimensionNumbers } = bindArguments(signature, values);
  const { lhsSpec, rhsSpec, outSpec } = resolveDimensionNumbers(
    op,
    shape('lhsShape', lhsShape),
    shape('rhsShape', rhsShape),
    dimensionNumbers,
  );
  return { lhsSpec: [...lhsSpec], rhsSpec: [...rhsSpec], outSpec: [...outSpec] };
}

function shape(argument: string, value: unknown): readonly number[] {
  const sizes = asSequence(value);
  if (sizes !== undefined) return sizes as number[];
  throw refuse('shape/type', `${argument} must be a list of sizes, got ${describe(value)}`, {
    op,
    argument,
    values: { [argument]: value },
  });
}
