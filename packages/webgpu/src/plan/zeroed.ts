/** The dispatch that clears a result of which phases write only a part. */
import { DTYPES, sizeOf } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';
import { FILL_GROUP, FILL_PARAMETERS, FILL_WGSL } from '../wgsl/fill.wgsl.ts';
import { parameterBlock } from '../wgsl/parameters.wgsl.ts';
import type { Binding, Dispatch } from './algorithm.ts';
import { lightGrid } from './grid.ts';

/** Clears the result of `lowered`, in whole words. */
export function zeroed({ problem, stored }: LoweredConv, binding: Binding): Dispatch {
  const total = Math.ceil((sizeOf(problem.out.shape) * DTYPES[stored.out].itemsize) / 4);
  const parameters = binding.constant(parameterBlock(FILL_PARAMETERS, { total }));
  return {
    shader: { name: 'fill', code: FILL_WGSL },
    buffers: [binding.out, parameters],
    workgroups: lightGrid(total, FILL_GROUP),
  };
}
