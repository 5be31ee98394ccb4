/** The weights of the line kernels: for each element of the reduction, in the order in which it is met, those of neighbouring features. */
import { plainAxis, type CopyAxis } from '../../layout/axis.ts';
import { copyStep, fillStep } from '../../layout/copy-step.ts';
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Binding } from '../algorithm.ts';
import type { Reduction } from './rows-loops.ts';
import { BLOCK } from './rows-tiles.ts';
import { firstWeight, pairCopies, planeCopies, type WeightCopy } from '../weights.ts';

/** Sizes of the packed weights, in bytes. */
export interface RowsWeights {
  /** Sums of a group. */
  readonly features: number;
  readonly blockBytes: number;
  readonly groupBytes: number;
}

/** Elements of the reduction as they are packed: i16 in pairs along the innermost loop. */
export function packedLength(isPaired: boolean, length: number): number {
  return isPaired ? 2 * Math.ceil(length / 2) : length;
}

/** The sizes for `reduction`. */
export function rowsWeights({ arithmetic, geometry, components }: LoweredConv, { elements, length }: Reduction): RowsWeights {
  const features = geometry.outFeatures * components;
  const perFeature = (elements / length) * packedLength(arithmetic === 'i16', length) * ARITHMETICS[arithmetic].operandBytes;
  return { features, blockBytes: perFeature * BLOCK, groupBytes: perFeature * features };
}

/** Packs the weights of `phase`; their address. */
export function packRows(lowered: LoweredConv, phase: Phase, reduction: Reduction, sizes: RowsWeights, binding: Binding): number {
  const { arithmetic, geometry } = lowered;
  const { memory } = binding;
  const { operandBytes } = ARITHMETICS[arithmetic];
  const target = memory.allocate(geometry.groups * sizes.groupBytes);
  const steps: Step[] = arithmetic === 'i16' ? [fillStep(memory, target, geometry.groups * sizes.groupBytes)] : [];
  const full = Math.floor(sizes.features / BLOCK);
  const rest = sizes.features % BLOCK;
  const blocks = [
    ...(full > 0 ? [{ first: 0, count: full, width: BLOCK }] : []),
    ...(rest > 0 ? [{ first: full, count: 1, width: rest }] : []),
  ];
  for (const block of blocks) {
    for (const { axes, source, target: to } of copiesOf(lowered, phase, reduction, sizes, block)) {
      steps.push(copyStep(memory, operandBytes, axes, binding.weights + source * operandBytes, target + to * operandBytes));
    }
  }
  binding.run(steps);
  return target;
}

interface Blocks {
  readonly first: number;
  readonly count: number;
  readonly width: number;
}

/** The copies that fill some blocks of one width. */
function copiesOf(lowered: LoweredConv, phase: Phase, reduction: Reduction, sizes: RowsWeights, blocks: Blocks): WeightCopy[] {
  const { arithmetic, geometry, components } = lowered;
  const { rhs, groups } = geometry;
  const { operandBytes } = ARITHMETICS[arithmetic];
  const real = components;
  const { first, count, width } = blocks;
  const isPaired = arithmetic === 'i16';
  const outer: CopyAxis[] = [
    plainAxis(groups, rhs.group, sizes.groupBytes / operandBytes),
    plainAxis(count, (BLOCK / real) * rhs.outer, sizes.blockBytes / operandBytes),
    plainAxis(width / real, rhs.outer, real * (isPaired ? 2 : 1)),
  ];
  let distance = width;
  let component = 0;
  let pairs: readonly WeightCopy[] | undefined;
  reduction.loops.toReversed().forEach((loop, index) => {
    const size = loop.count;
    if (index === 0 && isPaired) pairs = pairCopies([], size, loop.w, 2 * width);
    else if (loop.over === 'component' && size > 1) component = distance;
    else outer.push(plainAxis(size, loop.w, distance));
    distance *= index === 0 ? packedLength(isPaired, size) : size;
  });
  const start = firstWeight(lowered, phase) + (first * BLOCK * rhs.outer) / real;
  const to = (first * sizes.blockBytes) / operandBytes;
  const copies = real === 2 ? planeCopies(lowered, [], component) : (pairs ?? [{ axes: [], source: 0, target: 0 }]);
  return copies.map(({ axes, source, target }) => ({ axes: [...outer, ...axes], source: start + source, target: to + target }));
}
