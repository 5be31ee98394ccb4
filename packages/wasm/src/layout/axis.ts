/** Axes of a strided copy, and their normal form: sorted by the target, joined where they touch. Counts and strides in elements. */

/** One axis of a copy: of `count` target places, those from `low` to before `low + size` have a source. */
export interface CopyAxis {
  readonly count: number;
  readonly low: number;
  readonly size: number;
  readonly source: number;
  readonly target: number;
}

/** An axis without padding. */
export function plainAxis(size: number, source: number, target: number): CopyAxis {
  return { count: size, low: 0, size, source, target };
}

/** Sorted by falling target stride, without axes of one place, neighbours joined where one walks on from the other. */
export function joinedAxes(axes: readonly CopyAxis[]): CopyAxis[] {
  const sorted = axes.filter(({ count, low }) => count !== 1 || low !== 0).toSorted((a, b) => b.target - a.target);
  const joined: CopyAxis[] = [];
  for (const axis of sorted.toReversed()) {
    const inner = joined[0];
    const joins =
      inner !== undefined &&
      inner.size === inner.count &&
      axis.source === inner.size * inner.source &&
      axis.target === inner.count * inner.target;
    if (!joins) joined.unshift(axis);
    else {
      joined[0] = {
        count: axis.count * inner.count,
        low: axis.low * inner.count,
        size: axis.size * inner.count,
        source: inner.source,
        target: inner.target,
      };
    }
  }
  return joined;
}
