/** A problem as libraries have it, batch and channels in front: what is beyond them is refused, and layouts become views. */
import { convGeometry, rowMajorStrides, type ConvGeometry, type ConvProblem, type SpatialDimension, type View } from '@laxconv/api/backend';
import { Refusal, type DataLayout, type KernelLayout, type PeerPlan } from './peer.ts';

/** A float32 convolution without batch groups: total channels, per group `inChannels / groups`. */
export interface PlainConv {
  readonly batch: number;
  readonly groups: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly spatial: readonly SpatialDimension[];
  readonly reductionLength: number;
}

/** The problem as a plain convolution. Throws a Refusal for what no peer has: other dtypes, batch groups, cropping. */
export function plainConv(problem: ConvProblem): PlainConv {
  const { lhs, out, batchGroupCount } = problem;
  if (lhs.dtype !== 'float32' || out.dtype !== 'float32') throw new Refusal(`float32 only, not ${lhs.dtype} to ${out.dtype}`);
  if (batchGroupCount > 1) throw new Refusal('no batch groups');
  const { batch, groups, inFeatures, outFeatures, spatial, reductionLength } = convGeometry(problem);
  if (spatial.some(({ padLow, padHigh }) => padLow < 0 || padHigh < 0)) throw new Refusal('no negative padding');
  return { batch, groups, inChannels: groups * inFeatures, outChannels: groups * outFeatures, spatial, reductionLength };
}

/** The readings that bring a problem's operands into the library's layouts, and its result back. */
export interface PlainViews {
  readonly lhs: View;
  readonly rhs: View;
  readonly out: View;
}

/** The views for a plan's layouts. */
export function plainViews(problem: ConvProblem, { data, weights, reverseKernel = false }: PeerPlan): PlainViews {
  const geometry = convGeometry(problem);
  const { groups, inFeatures, outFeatures, batch, spatial } = geometry;
  const input: Axes = {
    batch: { size: batch, stride: geometry.lhs.outer },
    feature: { size: groups * inFeatures, stride: geometry.lhs.inner },
    spatial: spatial.map(({ input: size }, d) => ({ size, stride: geometry.lhs.spatial[d] })),
  };
  const outputSizes = [batch, groups * outFeatures, ...spatial.map(({ output }) => output)];
  return {
    lhs: viewOf(inDataLayout(input, data), geometry.lhs.offset),
    rhs: kernelView(geometry, weights, reverseKernel),
    out: resultView(problem, outputSizes, data),
  };
}

interface Axis {
  readonly size: number;
  readonly stride: number;
}

interface Axes {
  readonly batch: Axis;
  readonly feature: Axis;
  readonly spatial: readonly Axis[];
}

function inDataLayout<T>({ batch, feature, spatial }: { batch: T; feature: T; spatial: readonly T[] }, layout: DataLayout): T[] {
  return layout === 'channels-first' ? [batch, feature, ...spatial] : [batch, ...spatial, feature];
}

function viewOf(axes: readonly Axis[], offset: number): View {
  return {
    shape: axes.map(({ size }) => size),
    strides: axes.map(({ stride }) => stride),
    offset,
    dtype: 'float32',
    conjugate: false,
  };
}

function kernelView({ groups, inFeatures, outFeatures, spatial, rhs }: ConvGeometry, layout: KernelLayout, reversed: boolean): View {
  const sign = reversed ? -1 : 1;
  const taps = spatial.map(({ kernel: size }, d) => ({ size, stride: sign * rhs.spatial[d] }));
  const offset = spatial.reduce((sum, { kernel }, d) => sum + (reversed ? (kernel - 1) * rhs.spatial[d] : 0), rhs.offset);
  const group = { size: groups, stride: rhs.group };
  const inner = { size: inFeatures, stride: rhs.inner };
  const outer = { size: outFeatures, stride: rhs.outer };
  switch (layout) {
    case 'OI*':
      return viewOf([group, outer, inner, ...taps], offset);
    case 'IO*':
      return viewOf([group, inner, outer, ...taps], offset);
    case '*IO':
      return viewOf([...taps, inner, group, outer], offset);
    case '*OI':
      return viewOf([...taps, group, outer, inner], offset);
  }
}

/** Reads the library's result, in its own layout and contiguous, as the problem's `out`. */
function resultView({ out, outSpec }: ConvProblem, sizes: readonly number[], layout: DataLayout): View {
  // Logical axes (0 batch, 1 feature, 2… spatial) in the order of the library.
  const [batch, feature, ...spatial] = sizes.map((_, axis) => axis);
  const order = inDataLayout({ batch, feature, spatial }, layout);
  const native = rowMajorStrides(order.map((axis) => sizes[axis]));
  const strides = new Array<number>(sizes.length).fill(0);
  for (const [logical, axis] of outSpec.entries()) strides[axis] = native[order.indexOf(logical)];
  return { shape: out.shape, strides, offset: 0, dtype: 'float32', conjugate: false };
}

/** A transposed convolution in the terms of the libraries: pads that cut the full result, and rows added behind it. */
export interface TransposedPads {
  readonly begin: number;
  readonly end: number;
  readonly outputPadding: number;
}

/** For a dimension whose lhs is dilated. Throws a Refusal where a transposed convolution cannot be placed so. */
export function transposedPads({ kernel, rhsDilation, padLow, padHigh, stride, lhsDilation }: SpatialDimension): TransposedPads {
  if (stride !== 1) throw new Refusal('no strides together with a dilated lhs');
  const reach = rhsDilation * (kernel - 1);
  const begin = reach - padLow;
  const end = reach - padHigh;
  if (begin < 0) throw new Refusal('a transposed convolution has no rows before its full result');
  if (-end >= lhsDilation) throw new Refusal('a transposed convolution has fewer rows behind its full result than its stride');
  return { begin, end: Math.max(0, end), outputPadding: Math.max(0, -end) };
}
