/** The loops of the implicit GEMM as numbers: output positions, taps, and the segment of the reduction. Strides and offsets in elements. */
import type { ConvGeometry, Piece } from '@laxconv/api/backend';
import { laneVectorSize } from '../wgsl/lane-gemm.wgsl.ts';
import { loopsOf, type Loop } from './loops.ts';
import { offsetsOf } from './offsets.ts';
import { areQuads } from './quads.ts';

/** What lies at one stride in lhs: element k is padding unless 0 ≤ at·flatScale + k·flatStep < flatSize, `at` the last dimension's element. */
export interface Segment {
  readonly length: number;
  readonly xStride: number;
  readonly isFused: boolean;
  readonly flatScale: number;
  readonly flatStep: number;
  readonly flatSize: number;
  /** Features between two taps: element k is tap ⌊k / features⌋ of the last dimension, and feature k mod features. */
  readonly features: number;
  /** From one of its taps to the next in rhs, and from one feature to the next. */
  readonly wTap: number;
  readonly wFeature: number;
}

/** A phase as the implicit GEMM sees it. */
export interface GemmLoops {
  readonly dimensions: readonly Loop[];
  readonly segment: Segment;
  readonly pixels: number;
  readonly xOffset: number;
  readonly yOffset: number;
  readonly wOffset: number;
  /** Four neighbours of the segment can be read at once. */
  readonly isVector: boolean;
  /** Some tap of some position meets no input element, along a dimension that the segment does not run along. */
  readonly isPadded: boolean;
}

/** The loops of one phase. */
export function gemmLoops(geometry: ConvGeometry, phase: readonly Piece[]): GemmLoops {
  const { lhs, inFeatures } = geometry;
  const { batch, spatial, features } = loopsOf(geometry, phase);
  const all = [batch, ...spatial];
  const xOffset = all.reduce((sum, each) => sum + (isFree(each) ? each.origin * each.xStride : 0), lhs.offset);
  const sorted = all.map(asFree).toSorted((a, b) => b.xStride * b.step - a.xStride * a.step);
  const isVector = lhs.inner === 1 && areQuads(inFeatures, xOffset, lhs.group, ...all.map(({ xStride }) => xStride));
  const { dimensions, segment } = segmented(sorted, features, geometry, isVector);
  return {
    dimensions,
    segment,
    pixels: dimensions.reduce((product, { count }) => product * count, 1),
    xOffset,
    ...offsetsOf(geometry, phase),
    isVector,
    isPadded: dimensions.slice(0, segment.isFused ? -1 : undefined).some(meetsPadding),
  };
}

function meetsPadding({ origin, count, step, taps, tapStep, size }: Loop): boolean {
  return origin < 0 || origin + (count - 1) * step + (taps - 1) * tapStep >= size;
}

/** A loop that has no taps and meets no padding: all that matters of it is its strides. */
function isFree(loop: Loop): boolean {
  return loop.taps === 1 && !meetsPadding(loop);
}

function asFree(each: Loop): Loop {
  return isFree(each) ? { ...each, origin: 0, xStride: each.xStride * each.step, step: 1, size: each.count, tapStep: 0 } : each;
}

/** The way to cut the reduction into segments that wastes least: features, or taps of the innermost dimension that has some. */
function segmented(
  sorted: readonly Loop[],
  featureLoop: Loop,
  { inFeatures: features, lhs, rhs }: ConvGeometry,
  isVector: boolean,
): Pick<GemmLoops, 'dimensions' | 'segment'> {
  const wFeature = rhs.inner;
  const whole = { length: features, xStride: lhs.inner, isFused: false, flatScale: 0, flatStep: 1, flatSize: features, features };
  const plain = { dimensions: joined(sorted), segment: { ...whole, wTap: 0, wFeature } };
  const at = sorted.findLastIndex(({ taps }) => taps > 1);
  if (isVector || at < 0) return plain;
  const last = sorted[at];
  const others = sorted.filter((_, index) => index !== at);
  const fused = { ...last, taps: 1, tapStep: 0, wStride: 0 };
  const xStride = features === 1 ? last.xStride : lhs.inner;
  const wTap = last.wStride;
  if (last.tapStep === 1 && last.xStride === features * xStride) {
    const flat = { flatScale: features, flatStep: 1, flatSize: last.size * features };
    const segment = { ...flat, length: last.taps * features, xStride, isFused: true, features, wTap, wFeature };
    return { dimensions: [...joined(others), fused], segment };
  }
  const padded = (length: number, times: number, isFused: boolean): number => {
    const vectorSize = laneVectorSize({ isFused });
    return Math.ceil(length / vectorSize) * vectorSize * times;
  };
  if (padded(features, last.taps, false) <= padded(last.taps, features, true)) return plain;
  const segment = {
    length: last.taps,
    xStride: last.tapStep * last.xStride,
    isFused: true,
    flatScale: 1,
    flatStep: last.tapStep,
    flatSize: last.size,
    features: 1,
    wTap,
    wFeature,
  };
  return { dimensions: [...joined(others), featureLoop, fused], segment };
}

/** Without loops of one position and no taps; free loops that walk on from each other are one. */
function joined(loops: readonly Loop[]): Loop[] {
  const result: Loop[] = [];
  for (const loop of loops.toReversed()) {
    const inner = result[0];
    if (isFree(loop) && loop.count === 1) continue;
    if (
      inner !== undefined &&
      isFree(inner) &&
      isFree(loop) &&
      loop.xStride === inner.count * inner.xStride &&
      loop.yStride === inner.count * inner.yStride
    ) {
      const count = loop.count * inner.count;
      result[0] = { ...inner, count, size: count };
    } else result.unshift(loop);
  }
  return result.length > 0 ? result : [{ ...loops[0], count: 1, size: 1, origin: 0, taps: 1, tapStep: 0 }];
}
