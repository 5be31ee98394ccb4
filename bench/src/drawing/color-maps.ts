/** Matplotlib's colour maps that the notebook uses: a number in [0, 1] to red, green and blue bytes. */
import { interpolateViridis } from 'd3-scale-chromatic';

export type ColorMap = (value: number) => readonly [red: number, green: number, blue: number];

const STEPS = 256;

const VIRIDIS = Array.from({ length: STEPS }, (_, step) => {
  const color = Number.parseInt(interpolateViridis((step + 0.5) / STEPS).slice(1), 16);
  return [color >> 16, (color >> 8) & 255, color & 255] as const;
});

/** Matplotlib's default map: violet over green to yellow, in 256 steps. */
export const viridis: ColorMap = (value) => VIRIDIS[stepOf(value)];

/** Black to white: `binary_r`. */
export const gray: ColorMap = (value) => {
  const step = stepOf(value);
  return [step, step, step];
};

/** The step of a 256-step map that `value` falls in; NaN falls in the first. */
export function stepOf(value: number): number {
  return Math.min(STEPS - 1, Math.max(0, Math.floor(value * STEPS) || 0));
}
