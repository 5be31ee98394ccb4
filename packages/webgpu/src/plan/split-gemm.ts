/** An implicit GEMM of few outputs and a long reduction: workgroups share a tile, and a second dispatch adds up what each has. */
import { sizeOf } from '@laxconv/api/backend';
import { computedIn } from '../lower/lower.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import { SUM_SPLITS_GROUP, SUM_SPLITS_PARAMETERS, sumSplitsWgsl } from '../wgsl/sum-splits.wgsl.ts';
import type { AdapterFacts, Binding, Dispatch } from './algorithm.ts';
import { costsOf, type ShaderText } from './costs.ts';
import { gemmDispatch, packedPanels, panelShape, stepsOf, type GemmWork } from './gemm-step.ts';
import { gridOf } from './grid.ts';
import type { RealConv } from './in-reals.ts';

/** Steps of a part, at least: fewer are not worth the copy of the result. */
const FEWEST_STEPS = 8;

/** How many workgroups should share a tile of `work`, which must write the whole result; 1 where that gains nothing. */
export function splitsOf(lowered: RealConv, work: GemmWork, adapter: AdapterFacts): number {
  if (work.tile.depth === undefined || lowered.phases.length > 1 || !lowered.complete) return 1;
  const wanted = Math.ceil(costsOf(adapter).workgroups / workgroupsOf(work));
  const room = Math.floor(adapter.maxBindingBytes / (sizeOf(lowered.problem.out.shape) * lowered.components * 4));
  const most = Math.min(wanted, Math.floor(stepsOf(work) / FEWEST_STEPS), room);
  // As many as get a part, after rounding.
  return most <= 1 ? 1 : Math.ceil(stepsOf(work) / Math.ceil(stepsOf(work) / most));
}

/** Workgroups of `work` without splits. */
export function workgroupsOf(work: GemmWork): number {
  return work.geometry.groups * panelShape(work).panels * Math.ceil(work.loops.pixels / work.tile.groupPixels);
}

/** Of the shader that adds up. */
export const SUMMING: ShaderText = { accesses: 2, operations: 0 };

/** The dispatches of a split product. */
export function splitGemm(lowered: RealConv, work: GemmWork, splits: number, binding: Binding): readonly Dispatch[] {
  const total = sizeOf(lowered.problem.out.shape) * lowered.components;
  const { elements } = work;
  const { out } = computedIn(elements.computed);
  const parts = binding.scratch(total * splits * 4);
  const parameters = binding.constant(parameterBlock(SUM_SPLITS_PARAMETERS, { total, splits }));
  return [
    gemmDispatch({ ...work, elements: { ...elements, out }, splits }, binding.lhs, packedPanels(work, binding), parts, binding, total),
    {
      shader: { name: `${elements.computed}-sum-splits`, code: sumSplitsWgsl(elements) },
      buffers: [parts, binding.out, parameters],
      workgroups: gridOf(Math.ceil(total / SUM_SPLITS_GROUP)),
    },
  ];
}
