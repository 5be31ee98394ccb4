/** The weights under Winograd's transform: panels of the implicit GEMM, for each place of a tile. */
import { OwnedMemory } from '../../memory/owned-memory.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { Binding } from '../algorithm.ts';
import { packPanels, panelShape, type PanelShape } from '../igemm/igemm-panels.ts';
import { IGEMM_TILES } from '../igemm/igemm-tiles.ts';
import type { Tiling } from './winograd-tiling.ts';

/** The transforms' own scratch memory: a tile of vectors. */
export const TEMPORARY_BYTES = 640;

/** In the kernels' names: outputs of a tile. */
export function tileName({ outputs, tiled }: Tiling): string {
  return tiled.length === 1 ? `${outputs}x1` : `${outputs}x${outputs}`;
}

/** Places of a tile. */
export function placesOf({ inputs, tiled }: Tiling): number {
  return inputs ** tiled.length;
}

/** Panels at one place: the reduction runs over the taps that are summed, and the features. */
export function transformedShape(lowered: LoweredConv, { phase, tiled }: Tiling, features: number): PanelShape {
  const untransformed = phase.map((piece, d) => (tiled.includes(d) ? { ...piece, taps: 1 } : piece));
  return panelShape(lowered, untransformed, features);
}

/** Group by group, place by place: panels of `shape`; their address. */
export function transformedWeights(lowered: LoweredConv, tiling: Tiling, x: OperandLayout, shape: PanelShape, binding: Binding): number {
  const { memory } = binding;
  const { groups } = lowered.geometry;
  const places = placesOf(tiling);
  const target = memory.allocate(groups * places * shape.groupBytes);
  for (let part = 0; part < tiling.slices.taps; part++) {
    const temporary = new OwnedMemory(memory.heap);
    try {
      const phase = partOf(tiling, part);
      const direct = panelShape(lowered, phase, x.features);
      const source = packPanels(lowered, phase, x, direct, { ...binding, memory: temporary });
      const scratch = temporary.allocate(TEMPORARY_BYTES);
      const steps = Array.from({ length: groups }, (_, group) => ({
        kernel: `f32_winograd_weights_${tileName(tiling)}`,
        parameters: temporary.parameters('WinogradWeights', {
          source: source + group * direct.groupBytes,
          target: target + group * places * shape.groupBytes,
          plane: shape.groupBytes,
          panels: shape.panels,
          panelBytes: shape.panelBytes,
          part,
          features: x.features,
          width: IGEMM_TILES.f32.width,
          lastWidth: shape.lastWidth,
          scratch,
        }),
        units: shape.panels,
      }));
      binding.run(steps);
    } finally {
      temporary.free();
    }
  }
  return target;
}

/** The phase with one tap of the dimension that is summed. */
function partOf({ phase, slices }: Tiling, part: number): Phase {
  return phase.map((piece, d) => (d === slices.dimension ? { ...piece, taps: 1, wStart: piece.wStart + part * piece.wStep } : piece));
}
