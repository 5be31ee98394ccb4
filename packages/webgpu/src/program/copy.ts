/** A strided copy, cast on the way, as a dispatch. */
import { DTYPES, sizeOf, type DType, type View } from '@laxconv/api/backend';
import { lightGrid } from '../plan/grid.ts';
import { componentBytes } from '../wgsl/elements.wgsl.ts';
import { COPY_GROUP, copyWgsl } from '../wgsl/copy.wgsl.ts';
import type { BufferRef, Dispatch } from './dispatch.ts';

/** What a copy goes between, and what makes its parameters. */
export interface CopyPlace {
  readonly source: BufferRef;
  readonly target: BufferRef;
  constant(data: ArrayBufferView): BufferRef;
}

/** The elements of `view` of a tensor of dtype `from`, in a row. */
export function copyDispatch(from: DType, view: View, { source, target, constant }: CopyPlace): Dispatch {
  const { dtype: to, offset, conjugate } = view;
  const total = sizeOf(view.shape);
  const axes = joined(view);
  const parameters = Int32Array.from([
    total,
    offset,
    axes.length,
    ...axes.map(({ size }) => size),
    ...axes.map(({ stride }) => stride),
    // A runtime-sized array has at least one element.
    0,
  ]);
  const isWhole = offset === 0 && (axes.length === 0 || (axes.length === 1 && axes[0].stride === 1));
  const words = Math.ceil((total * DTYPES[to].components * componentBytes(to)) / 4);
  return {
    shader: {
      name: `copy ${from} to ${to}${conjugate ? ' conjugated' : ''}${isWhole ? '' : ' strided'}`,
      code: copyWgsl({ from, to, conjugate: conjugate && DTYPES[from].components === 2, isWhole }),
    },
    buffers: [source, target, constant(parameters)],
    workgroups: lightGrid(words, COPY_GROUP),
  };
}

/** Every element of a tensor of `from`, as `to`. */
export function castDispatch(from: DType, to: DType, count: number, place: CopyPlace): Dispatch {
  return copyDispatch(from, { shape: [count], strides: [1], offset: 0, dtype: to, conjugate: false }, place);
}

interface Axis {
  readonly size: number;
  readonly stride: number;
}

/** The axes of `view`, without those of one position, neighbours that are walked in one go joined. */
function joined({ shape, strides }: Pick<View, 'shape' | 'strides'>): Axis[] {
  const axes: Axis[] = [];
  for (const [axis, size] of shape.entries()) {
    const stride = strides[axis];
    const last = axes.at(-1);
    if (size === 1) continue;
    if (last !== undefined && last.stride === stride * size) axes[axes.length - 1] = { size: last.size * size, stride };
    else axes.push({ size, stride });
  }
  return axes;
}
