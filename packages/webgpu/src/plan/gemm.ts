/** Implicit GEMM: serves every problem, a dispatch for each phase. */

import type { AdapterFacts, Algorithm, Candidate } from './algorithm.ts';
import { cheapest } from './cheapest.ts';
import { compilingCost, conversionCost, costsOf } from './costs.ts';
import { directBound } from './direct-bound.ts';
import { gemmLoops } from './gemm-loops.ts';
import { gemmDispatch, gemmLimits, gemmProducts, packedPanels, panelShape, textsOf, type GemmWork } from './gemm-step.ts';
import { gemmTiles, type GemmTile } from './gemm-tile.ts';
import { splitGemm, splitsOf, SUMMING, workgroupsOf } from './split-gemm.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';

/** The implicit GEMM in whichever of `tiles` is cheapest. */
export function gemmIn(tiles: (adapter: AdapterFacts, columns: number) => readonly GemmTile[]): Algorithm {
  return inReals({
    name: 'gemm',
    consider(lowered, adapter) {
      return cheapest(tiles(adapter, lowered.geometry.outFeatures).map((tile) => candidate(lowered, adapter, tile)));
    },
  });
}

/** The implicit GEMM. */
export const gemm = gemmIn(gemmTiles);

function candidate(lowered: RealConv, adapter: AdapterFacts, tile: GemmTile): Candidate | string {
  const { geometry, arithmetic, phases } = lowered;
  const works = phases.map((phase): GemmWork => ({ geometry, loops: gemmLoops(geometry, phase), tile, elements: elementsOf(lowered) }));
  for (const work of works) {
    const reason = gemmLimits(work, adapter);
    if (reason !== undefined) return reason;
  }
  const splits = works.map((work) => splitsOf(lowered, work, adapter));
  return {
    kernel: `${arithmetic}-gemm-${tile.name}${splits[0] > 1 ? '-split' : ''}`,
    errorBound: directBound(lowered),
    cost: works.reduce((sum, work, index) => sum + gemmCost({ ...work, splits: splits[index] }, adapter), 0),
    // Phases share a shader, as a rule.
    compiling: compilingCost(adapter, [...works.slice(0, 1).flatMap(textsOf), ...(splits[0] > 1 ? [SUMMING] : [])], true),
    reason: `implicit GEMM in tiles of ${tile.pixels} positions × ${tile.columns} features`,
    bind: (binding) =>
      works.flatMap((work, index) =>
        splits[index] > 1
          ? splitGemm(lowered, work, splits[index], binding)
          : [gemmDispatch(work, binding.lhs, packedPanels(work, binding), binding.out, binding)],
      ),
  };
}

/** Microseconds of one product. A tile loads as much for each of its multiply-adds as its sides are short. */
export function gemmCost(work: GemmWork, adapter: AdapterFacts): number {
  const { dispatch, workgroups, tile, gemm: products } = costsOf(adapter);
  const { geometry, loops, elements } = work;
  const { pixels, columns, sharing } = work.tile;
  // On a CPU loads are half of the time in a tile of 16 × 16.
  const loads = adapter.isSoftware && sharing === 'subgroup' ? (1 + 8 / pixels + 8 / columns) / 2 : 1;
  const tiles = geometry.groups * Math.ceil(loops.pixels / pixels) * panelShape(work).panels;
  const { splits = 1 } = work;
  // With fewer workgroups than keep the adapter busy, each takes its time all the same.
  const idle = Math.max(1, workgroups / (workgroupsOf(work) * splits));
  // Four narrow elements are one load, or half of one, which pays for their conversion.
  const reading = loops.isVector ? 0 : conversionCost(adapter, elements.lhs) / columns;
  const product = loads * products[loops.isVector ? 'vector' : 'scalar'][sharing] + reading;
  const storing = loops.pixels * geometry.groups * geometry.outFeatures * conversionCost(adapter, elements.out);
  return dispatch * (splits > 1 ? 2 : 1) + tiles * tile + (gemmProducts(work) * product * idle + storing) / 1e6;
}
