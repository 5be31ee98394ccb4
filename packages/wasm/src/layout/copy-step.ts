/** Strided copies as steps: which axes are the kernel's rows and columns, and how wide its elements. */
import { ARITHMETICS, type Arithmetic } from '../lower/arithmetic.ts';
import type { OwnedMemory } from '../memory/owned-memory.ts';
import type { Step } from '../program/step.ts';
import { joinedAxes, plainAxis, type CopyAxis } from './axis.ts';
import { copyCost, fillCost } from './copy-cost.ts';

/** As in assembly/copy.ts. */
const ROWS = 16;
const WIDEST = 16;
/** Microseconds of an element that is converted or added up. */
const CONVERT_COST = 5e-4;
const ONE = plainAxis(1, 0, 0);

/** A copy from `source` to `target` (both absolute, or both relative to the workspace) along `axes`, of elements of `bytes` bytes. */
export function copyStep(memory: OwnedMemory, bytes: number, axes: readonly CopyAxis[], source: number, target: number): Step {
  const { element, rest } = widened(bytes, joinedAxes(axes));
  const outer = [...rest];
  const columns = outer.pop() ?? ONE;
  // Where the source runs along another axis, the kernel transposes.
  const alongSource = outer.findIndex((axis) => axis.source === 1);
  const rows = (alongSource >= 0 ? outer.splice(alongSource, 1)[0] : outer.pop()) ?? ONE;
  const table = outer.flatMap(({ count, low, size, source: from, target: to }) => [count, low, size, from * element, to * element]);
  const parameters = memory.parameters('Copy', {
    source,
    target,
    axes: table.length === 0 ? 0 : memory.words(table),
    outerRank: outer.length,
    rowCount: rows.count,
    rowLow: rows.low,
    rowSize: rows.size,
    rowSource: rows.source * element,
    rowTarget: rows.target * element,
    columnCount: columns.count,
    columnLow: columns.low,
    columnSize: columns.size,
    columnSource: columns.source * element,
    columnTarget: columns.target * element,
  });
  const units = outer.reduce((product, { count }) => product * count, Math.ceil(rows.count / ROWS));
  return { kernel: `copy${element * 8}`, parameters, units, cost: copyCost(axes, bytes) };
}

/** Pairs of neighbours that always travel together are one wider element (complex numbers, mostly). */
function widened(bytes: number, axes: readonly CopyAxis[]): { element: number; rest: readonly CopyAxis[] } {
  const inner = axes.at(-1);
  const isPair = inner?.count === 2 && inner.size === 2 && inner.source === 1 && inner.target === 1;
  const others = axes.slice(0, -1);
  const fits = others.every(({ source, target }) => source % 2 === 0 && target % 2 === 0);
  if (!isPair || !fits || others.length === 0 || 2 * bytes > WIDEST) return { element: bytes, rest: axes };
  return { element: 2 * bytes, rest: others.map((axis) => ({ ...axis, source: axis.source / 2, target: axis.target / 2 })) };
}

/** Zeros at `target`. */
export function fillStep(memory: OwnedMemory, target: number, bytes: number): Step {
  return { kernel: 'fill', parameters: memory.parameters('Fill', { target, bytes }), units: 1, cost: fillCost(bytes) };
}

/** As in assembly/convert.ts and assembly/sum.ts. */
const CHUNK = 4096;

/** `count` elements from one dtype to another, by the kernel of that name. */
export function convertStep(memory: OwnedMemory, kernel: string, count: number, source: number, target: number): Step {
  return {
    kernel,
    parameters: memory.parameters('Convert', { source, target, count }),
    units: Math.ceil(count / CHUNK),
    cost: count * CONVERT_COST,
  };
}

/** `count` sums of `arithmetic`, each the sum of `parts` that lie one whole result apart. */
export function sumStep(memory: OwnedMemory, arithmetic: Arithmetic, count: number, parts: number, source: number, target: number): Step {
  const { sumBytes } = ARITHMETICS[arithmetic];
  const parameters = memory.parameters('Sum', { source, target, count, parts, partBytes: count * sumBytes });
  return {
    kernel: `sum_${arithmetic === 'i16' ? 'i32' : arithmetic}`,
    parameters,
    units: Math.ceil(count / CHUNK),
    cost: count * parts * CONVERT_COST,
  };
}
