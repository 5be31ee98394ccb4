/** Feature and batch groups. Mirrors the first half of `_conv_general_dilated_shape_rule` in jax/_src/lax/convolution.py, in its order. */
import { refuse } from '../errors.ts';
import type { RuleId } from '../rules.ts';
import { describe } from '../tensor/describe.ts';
import { checkAxesExist, type ConvDimensionNumbers } from './dimension-numbers.ts';

/** The two group counts as the caller gave them. */
export interface GroupArguments {
  readonly featureGroupCount: unknown;
  readonly batchGroupCount: unknown;
}

/** The two group counts, held against the shapes. */
export interface GroupCounts {
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
}

/** The group counts, held against the operands' batch and features. As in JAX, a fractional one may pass: it is refused last. */
export function groupCounts(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  numbers: ConvDimensionNumbers,
  args: GroupArguments,
): GroupCounts {
  const check = (holds: boolean, rule: RuleId, argument: string, sentence: string, values: Readonly<Record<string, number>>): void => {
    if (holds) return;
    const got = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
    throw refuse(rule, `${sentence}, got ${got.join(', ')}`, { op, argument, values });
  };

  const feature = 'featureGroupCount';
  const featureGroupCount = numberArgument(op, feature, args.featureGroupCount, 'feature-group-count/type');
  check(featureGroupCount > 0, 'feature-group-count/positive', feature, 'featureGroupCount must be positive', { featureGroupCount });
  // Sizes are read as they are needed, as JAX reads them: an axis that does not exist is found then.
  const sizeAt = (name: 'lhsSpec' | 'rhsSpec', position: 0 | 1): number => {
    const shape = name === 'lhsSpec' ? lhsShape : rhsShape;
    const axes = numbers[name].slice(position, position + 1);
    if (axes.length === 0) {
      throw refuse(
        'rank/minimum',
        `operands must have at least 2 dimensions (batch and feature), got shapes [${lhsShape.join(', ')}] and [${rhsShape.join(', ')}]`,
        {
          op,
          argument: name.slice(0, 3),
          values: { lhsShape, rhsShape },
        },
      );
    }
    checkAxesExist(op, name, axes, shape.length);
    return shape.at(axes[0]) ?? 0;
  };
  const lhsFeatures = sizeAt('lhsSpec', 1);
  check(
    lhsFeatures % featureGroupCount === 0,
    'feature-group-count/divides-lhs',
    feature,
    'featureGroupCount must divide the lhs features',
    { featureGroupCount, lhsFeatures },
  );
  const rhsInFeatures = sizeAt('rhsSpec', 1);
  check(
    lhsFeatures / featureGroupCount === rhsInFeatures,
    'feature-group-count/rhs-features',
    'rhs',
    `lhs features / featureGroupCount must equal the rhs input features; dimensionNumbers makes these axis ${numbers.lhsSpec[1]} of lhs [${lhsShape.join(', ')}] and axis ${numbers.rhsSpec[1]} of rhs [${rhsShape.join(', ')}]`,
    { lhsFeatures, featureGroupCount, rhsInFeatures },
  );
  const outFeatures = sizeAt('rhsSpec', 0);
  check(
    outFeatures % featureGroupCount === 0,
    'feature-group-count/divides-rhs',
    feature,
    'featureGroupCount must divide the rhs output features',
    { featureGroupCount, outFeatures },
  );

  const batch = 'batchGroupCount';
  const batchGroupCount = numberArgument(op, batch, args.batchGroupCount, 'batch-group-count/type');
  check(batchGroupCount > 0, 'batch-group-count/positive', batch, 'batchGroupCount must be positive', { batchGroupCount });
  const lhsBatch = sizeAt('lhsSpec', 0);
  check(
    batchGroupCount <= 1 || lhsBatch % batchGroupCount === 0,
    'batch-group-count/divides-lhs',
    batch,
    'batchGroupCount must divide the lhs batch',
    { batchGroupCount, lhsBatch },
  );
  check(
    outFeatures % batchGroupCount === 0,
    'batch-group-count/divides-rhs',
    batch,
    'batchGroupCount must divide the rhs output features',
    { batchGroupCount, outFeatures },
  );
  check(featureGroupCount <= 1 || batchGroupCount <= 1, 'group-counts/exclusive', batch, 'at most one of the group counts may be above 1', {
    featureGroupCount,
    batchGroupCount,
  });
  return { featureGroupCount, batchGroupCount };
}

function numberArgument(op: string, argument: string, value: unknown, rule: RuleId): number {
  if (value === undefined) return 1;
  if (typeof value === 'number') return value;
  throw refuse(rule, `${argument} must be an integer, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}
