/** The dispatch that clears a result of which phases write only a part. */
import { sizeOf } from '@laxconv/api/backend';
import { FILL_GROUP, FILL_PARAMETERS, FILL_WGSL } from '../wgsl/fill.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Binding, Dispatch } from './algorithm.ts';
import { gridOf } from './grid.ts';
import type { RealConv } from './in-reals.ts';

/** None where the phases of `lowered` write everything. */
export function zeroed({ complete, problem, components }: RealConv, binding: Binding): readonly Dispatch[] {
  if (complete) return [];
  const total = sizeOf(problem.out.shape) * components;
  const parameters = binding.constant(parameterBlock(FILL_PARAMETERS, { total }));
  return [
    {
      shader: { name: 'fill', code: FILL_WGSL },
      buffers: [binding.out, parameters],
      workgroups: gridOf(Math.ceil(total / FILL_GROUP)),
    },
  ];
}
