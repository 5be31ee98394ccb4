/** The output element that the reader looks at, and the keys that move it. */
import type { ConvProblem } from '@laxconv/api/backend';

/** Keys that move along a spatial dimension, counted from the last, and by how much. */
const KEYS: Readonly<Record<string, readonly [fromLast: number, by: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [1, -1],
  ArrowDown: [1, 1],
  PageUp: [2, -1],
  PageDown: [2, 1],
};

/** `index` (in the result's layout) as `key` moves it, kept inside; null where the key moves nothing here. */
export function moved({ out, outSpec }: Pick<ConvProblem, 'out' | 'outSpec'>, index: readonly number[], key: string): number[] | null {
  const spatial = outSpec.slice(2);
  if (key === 'Home') return index.map((position, axis) => (spatial.includes(axis) ? 0 : position));
  if (key === 'End') return index.map((position, axis) => (spatial.includes(axis) ? out.shape[axis] - 1 : position));
  const [fromLast, by] = KEYS[key] ?? [spatial.length, 0];
  const axis = spatial[spatial.length - 1 - fromLast];
  if (axis === undefined) return null;
  return index.map((position, each) => (each === axis ? clamp(position + by, out.shape[axis]) : position));
}

/** `index` kept inside the result, whose shape may have become another. */
export function inside({ out }: Pick<ConvProblem, 'out'>, index: readonly number[]): number[] {
  return out.shape.map((size, axis) => clamp(index[axis] ?? 0, size));
}

function clamp(position: number, size: number): number {
  return Math.min(size - 1, Math.max(0, position));
}
