/** Implicit GEMM: serves every problem of 32-bit elements, a dispatch for each phase. */
import type { LoweredConv } from '../lower/lower.ts';
import type { AdapterFacts, Algorithm, Candidate } from './algorithm.ts';
import { costsOf } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { gemmLoops } from './gemm-loops.ts';
import { gemmDispatch, gemmLimits, gemmProducts, packedPanels, panelShape, type GemmWork } from './gemm-step.ts';
import { gemmTiles, type GemmTile } from './gemm-tile.ts';
import { zeroed } from './zeroed.ts';

/** The implicit GEMM in whichever of `tiles` is cheapest. */
export function gemmIn(tiles: (adapter: AdapterFacts, columns: number) => readonly GemmTile[]): Algorithm {
  return {
    name: 'gemm',
    consider(lowered, adapter) {
      const candidates = tiles(adapter, lowered.geometry.outFeatures).map((tile) => candidate(lowered, adapter, tile));
      const possible = candidates.filter((each) => typeof each !== 'string');
      const reason = candidates.find((each) => typeof each === 'string') ?? 'no tile fits the adapter';
      return possible.length === 0 ? reason : possible.reduce((best, next) => (next.cost < best.cost ? next : best));
    },
  };
}

/** The implicit GEMM. */
export const gemm = gemmIn(gemmTiles);

function candidate(lowered: LoweredConv, adapter: AdapterFacts, tile: GemmTile): Candidate | string {
  const { geometry, arithmetic, phases } = lowered;
  const works = phases.map((phase): GemmWork => ({ geometry, loops: gemmLoops(geometry, phase), tile, element: arithmetic }));
  for (const work of works) {
    const reason = gemmLimits(work, adapter);
    if (reason !== undefined) return reason;
  }
  return {
    kernel: `${arithmetic}-gemm-${tile.name}`,
    errorBound: directBound(lowered),
    cost: works.reduce((sum, work) => sum + gemmCost(work, adapter), 0),
    reason: `implicit GEMM in tiles of ${tile.pixels} positions × ${tile.columns} features`,
    bind: (binding) => [
      ...zeroed(lowered, binding),
      ...works.map((work) => gemmDispatch(work, binding.lhs, packedPanels(work, binding), binding.out, binding)),
    ],
  };
}

/** Microseconds of one product. A tile loads as much for each of its multiply-adds as its sides are short. */
export function gemmCost(work: GemmWork, adapter: AdapterFacts): number {
  const { dispatch, tile, gemmVector, gemmScalar } = costsOf(adapter);
  const { pixels, columns } = work.tile;
  const isLanes = adapter.isSoftware && adapter.subgroupSize !== undefined;
  const loads = isLanes ? (1 + 8 / pixels + 8 / columns) / 2 : 1;
  const tiles = work.geometry.groups * Math.ceil(work.loops.pixels / pixels) * panelShape(work).panels;
  return dispatch + tiles * tile + (gemmProducts(work) * loads * (work.loops.isVector ? gemmVector : gemmScalar)) / 1e6;
}
