/** The weights of the line kernels: for each element of the reduction, in the order in which it is met, those of neighbouring features. */
import { plainAxis, type CopyAxis } from '../layout/axis.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Binding } from './algorithm.ts';
import type { Reduction } from './rows-loops.ts';
import { BLOCK } from './rows-tiles.ts';

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
  const features = geometry.outFeatures * components.sum;
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
    for (const { axes, source, to } of copiesOf(lowered, phase, reduction, sizes, block)) {
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

interface WeightCopy {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly to: number;
}

/** The copies that fill some blocks of one width. Complex weights are planes: re, im and −im (lower/complex-planes.ts). */
function copiesOf(lowered: LoweredConv, phase: Phase, reduction: Reduction, sizes: RowsWeights, blocks: Blocks): WeightCopy[] {
  const { arithmetic, geometry, components } = lowered;
  const { rhs, groups, inFeatures, outFeatures } = geometry;
  const { operandBytes } = ARITHMETICS[arithmetic];
  const real = components.operand;
  const { first, count, width } = blocks;
  const isPaired = arithmetic === 'i16';
  const outer: CopyAxis[] = [
    plainAxis(groups, rhs.group, sizes.groupBytes / operandBytes),
    plainAxis(count, (BLOCK / real) * rhs.outer, sizes.blockBytes / operandBytes),
    plainAxis(width / real, rhs.outer, real * (isPaired ? 2 : 1)),
  ];
  let distance = width;
  let component = 0;
  let ends: { axes: CopyAxis[]; source: number; to: number }[] = [{ axes: [], source: 0, to: 0 }];
  reduction.loops.toReversed().forEach((loop, index) => {
    const size = loop.count;
    if (index === 0 && isPaired) {
      // Neighbours share a lane; a last one alone has a zero beside it.
      const pairs = Math.floor(size / 2);
      ends = [
        ...(pairs > 0 ? [{ axes: [plainAxis(pairs, 2 * loop.w, 2 * width), plainAxis(2, loop.w, 1)], source: 0, to: 0 }] : []),
        ...(size % 2 === 1 ? [{ axes: [], source: 2 * pairs * loop.w, to: 2 * pairs * width }] : []),
      ];
    } else if (loop.over === 'component' && size > 1) component = distance;
    else outer.push(plainAxis(size, loop.w, distance));
    distance *= index === 0 ? packedLength(isPaired, size) : size;
  });
  const start = phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset) + (first * BLOCK * rhs.outer) / real;
  const to = (first * sizes.blockBytes) / operandBytes;
  if (real === 1) return ends.map((end) => ({ axes: [...outer, ...end.axes], source: start + end.source, to: to + end.to }));
  const plane = groups * outFeatures * inFeatures * geometry.spatial.reduce((product, { kernel }) => product * kernel, 1);
  // (a + bi)(c + di): re meets (re, re) and (im, im), im meets (re, im), −im meets (im, re).
  return [
    { plane: 0, at: 0 },
    { plane: 0, at: component + 1 },
    { plane: 1, at: 1 },
    { plane: 2, at: component },
  ].map(({ plane: index, at }) => ({ axes: outer, source: start + index * plane, to: to + at }));
}
