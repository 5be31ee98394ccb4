/**
 * Winograd's F(2, 3) and F(4, 3), in one and in two dimensions, for windows of 3 taps as far apart as the window moves, or a multiple of
 * that: 1.5, 2.25, 2 or 4 times fewer products than the formula has. Each phase is done this way or by the implicit GEMM, whichever is
 * cheaper.
 */
import { winogradConstant, type ErrorBound } from '@laxconv/api/backend';
import type { Phase } from '../lower/lower.ts';
import type { AdapterFacts, Algorithm } from './algorithm.ts';
import { cheapest } from './cheapest.ts';
import { compilingCost, conversionCost, costsOf, type ShaderText } from './costs.ts';
import { directDispatch, directText } from './direct.ts';
import { gemmCost } from './gemm.ts';
import { gemmLoops } from './gemm-loops.ts';
import { gemmDispatch, gemmLimits, packedPanels, textOf, textsOf, type GemmWork } from './gemm-step.ts';
import { gemmTiles } from './gemm-tile.ts';
import { gemmOf, planeBytes, winogradName, winogradSteps } from './winograd-steps.ts';
import { placesOf, tilingsOf, type Tiling } from './winograd-tiling.ts';
import { elementsOf, inReals, type RealConv } from './in-reals.ts';

/** Below, a tile's transforms cost more than they save, and its rounding errors more than the bound allows. */
const FEWEST_FEATURES = 8;

/** The transforms of weights, inputs and products, for 4 × 4 outputs. */
const TRANSFORMS: readonly ShaderText[] = [
  { accesses: 4, operations: 35 },
  { accesses: 12, operations: 80 },
  { accesses: 13, operations: 50 },
];

/** One phase of a problem: in tiles, or by the implicit GEMM alone. */
interface Part {
  readonly work: GemmWork;
  readonly cost: number;
  readonly compiling: number;
  readonly tiled?: { readonly tiling: Tiling; readonly constant: number };
}

/** What tests change: how many dimensions are transformed, and from how many features on. */
export interface WinogradLimits {
  readonly dimensions?: readonly number[];
  readonly fewestFeatures?: number;
}

/** F(`outputs`, 3), in as many dimensions as pay. */
export function winograd(outputs: 2 | 4, { dimensions = [1, 2], fewestFeatures = FEWEST_FEATURES }: WinogradLimits = {}): Algorithm {
  return inReals({
    name: `winograd F(${outputs}, 3)`,
    consider(lowered, adapter) {
      const { problem, geometry, phases } = lowered;
      if (lowered.arithmetic !== 'f32') return 'float32 only';
      // The bounds are not proven for them.
      if (lowered.hasComponentAxis) return 'complex features that do not lie side by side';
      if (problem.precision === 'highest') return "precision 'highest' allows direct kernels only";
      if (outputs === 4 && problem.precision === 'high') return "precision 'high' allows F(2, 3) only";
      if (geometry.inFeatures < fewestFeatures || geometry.outFeatures < fewestFeatures) return `fewer than ${fewestFeatures} features`;
      const parts = phases.map((phase) => partOf(lowered, phase, adapter, outputs, dimensions));
      const tiled = parts.flatMap((part) => part.tiled ?? []);
      if (tiled.length === 0) return 'no window of 3, or one whose bound is not proven for so few features, or larger than a binding';
      const reason = parts.map(({ work }) => gemmLimits(work, adapter)).find((each) => each !== undefined);
      if (reason !== undefined) return reason;
      const [{ tiling }] = tiled;
      return {
        kernel: `f32-winograd-${winogradName(tiling)}-${parts[0].work.tile.name}`,
        errorBound: boundOf(lowered, parts),
        cost: parts.reduce((sum, { cost }) => sum + cost, 0),
        // Phases that are done alike share their shaders.
        compiling: Math.max(...parts.map(({ compiling }) => compiling)),
        reason: `Winograd: ${placesOf(tiling)} products for ${outputs ** tiling.tiled.length} outputs of ${3 ** tiling.tiled.length} taps, ${tiling.tiles} tiles`,
        bind: (binding) => {
          // Transforms are larger than what they are made of, and may leave float32's range where no sum of the formula does: then
          // everything is computed once more, by the kernel that has no transforms.
          const again = directDispatch(lowered, binding);
          const overflow = { counts: binding.zeros(12), workgroups: again.workgroups };
          return [
            ...parts.flatMap((part) =>
              part.tiled === undefined
                ? [gemmDispatch(part.work, binding.lhs, packedPanels(part.work, binding), binding.out, binding)]
                : winogradSteps(lowered, part.tiled.tiling, part.work.tile, adapter.isSoftware, overflow, binding),
            ),
            { ...again, workgroups: overflow.counts },
          ];
        },
      };
    },
  });
}

/** F(2, 3): what precision 'high' allows. */
export const winograd2 = winograd(2);
/** F(4, 3): fewer products, larger errors. */
export const winograd4 = winograd(4);

/** The cheapest way with tiles; without, where there is none. */
function partOf(lowered: RealConv, phase: Phase, adapter: AdapterFacts, outputs: 2 | 4, dimensions: readonly number[]): Part {
  const { geometry, components } = lowered;
  const tiles = gemmTiles(adapter, geometry.outFeatures);
  const tiled = tilingsOf(geometry, phase, outputs).flatMap((tiling): Part[] => {
    const terms = tiling.others.reduce((product, d) => product * phase[d].taps, geometry.inFeatures);
    const constant = dimensions.includes(tiling.tiled.length) ? winogradConstant(outputs, tiling.tiled.length, terms, components) : null;
    const { inputs, products } = planeBytes(geometry.groups, tiling);
    if (constant === null || Math.max(inputs, products) > adapter.maxBindingBytes) return [];
    return tiles.map((tile) => {
      const work = gemmOf(tiling, tile);
      return {
        work,
        cost: gemmCost(work, adapter) + transformCost(lowered, tiling, adapter),
        // Five shaders at once, the generic kernel's among them, which a small layer would wait for: others that share them are not counted on.
        compiling: compilingCost(adapter, [...TRANSFORMS, textOf(work), directText(geometry)], false),
        tiled: { tiling, constant },
      };
    });
  });
  if (tiled.length > 0) return cheapest(tiled);
  const loops = gemmLoops(geometry, phase);
  const works = tiles.map((tile): GemmWork => ({ geometry, loops, tile, elements: elementsOf(lowered) }));
  return cheapest(
    works.map((work): Part => ({
      work,
      cost: gemmCost(work, adapter),
      compiling: compilingCost(adapter, textsOf(work), true),
    })),
  );
}

/** Every place is read once and written once on either side. */
function transformCost({ geometry: { groups }, stored }: RealConv, tiling: Tiling, adapter: AdapterFacts): number {
  const { dispatch, transform, largeTransform } = costsOf(adapter);
  const [inputs, outputs] = [tiling.inputPlane, tiling.outputPlane].map((plane) => placesOf(tiling) * groups * plane);
  const converting = inputs * conversionCost(adapter, stored.lhs) + outputs * conversionCost(adapter, stored.out);
  return 2 * dispatch + ((inputs + outputs) * 2 * (placesOf(tiling) > 16 ? largeTransform : transform) + converting) / 1e6;
}

/** The bound of all parts together: tile sizes count positions of the dilated lhs. */
function boundOf({ geometry, components }: RealConv, parts: readonly Part[]): ErrorBound {
  const tile = geometry.spatial.map(({ lhsDilation }, d) =>
    Math.max(
      1,
      ...parts.flatMap(({ tiled }) =>
        tiled?.tiling.tiled.some(({ index }) => index === d) === true
          ? [(tiled.tiling.inputs - 1) * tiled.tiling.phase[d].tapStep * lhsDilation + 1]
          : [],
      ),
    ),
  );
  return { kind: 'tile', c: Math.max(...parts.map(({ tiled }) => tiled?.constant ?? (components === 2 ? 3 : 1))), tile };
}
