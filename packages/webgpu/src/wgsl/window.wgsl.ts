/**
 * What the windows of neighbouring outputs see of a line, in registers `x0`, `x1`, …, each element once. A register is an element, or four
 * neighbours that are loaded at once where the line lies such that they can be: half the code on a CPU, where loads are what a kernel waits
 * for and what its compiler works on.
 */
import type { Element } from './parameters.wgsl.ts';

/** Output i and tap t meet element i·`step` + t·`tapStep` of the window. */
export interface WindowShape {
  readonly outputs: number;
  readonly taps: number;
  readonly step: number;
  readonly tapStep: number;
  /** Elements from the beginning of a quadruple to the window's first one, if it is loaded in quadruples. */
  readonly shift?: number | undefined;
}

/** A window in registers. */
export interface Window {
  /** Numbers of the registers, ascending. */
  readonly registers: readonly number[];
  /** Elements of a register. */
  readonly size: 1 | 4;
  /** From the window's first element to the first of a register. */
  offsetOf(register: number): number;
  /** The element that output `i` and tap `t` meet. */
  at(i: number, t: number): string;
}

/** The window of `shape`. */
export function windowOf({ outputs, taps, step, tapStep, shift }: WindowShape): Window {
  const size = shift === undefined ? 1 : 4;
  const place = (i: number, t: number): number => i * step + t * tapStep + (shift ?? 0);
  const places = Array.from({ length: outputs * taps }, (_, index) => place(Math.floor(index / taps), index % taps));
  return {
    registers: [...new Set(places.map((at) => Math.floor(at / size)))].toSorted((a, b) => a - b),
    size,
    offsetOf: (register) => register * size - (shift ?? 0),
    at: (i, t) => `x${Math.floor(place(i, t) / size)}${size === 1 ? '' : `.${'xyzw'[place(i, t) % size]}`}`,
  };
}

/** The register that begins at element `at` of lhs; zero unless `isInside`. */
export function loadWgsl({ size }: Window, element: Element, at: string, isInside: string): string {
  return size === 1
    ? `select(${element === 'f32' ? '0f' : '0i'}, lhs_at(${at}), ${isInside})`
    : `select(vec4<${element}>(), lhs_quad(${at}), ${isInside})`;
}

/** Weights of which all lanes of a subgroup want the same: each lane holds one, and broadcasts it. */
export interface SharedWeights {
  /** Registers that hold `taps` weights. */
  readonly registers: number;
  /** The tap whose weight this lane has in a register. */
  tapOf(register: number | string): string;
  /** The weight of a tap, where register r is called `name(r)`. */
  at(tap: number, name: (register: number) => string): string;
}

/** Of `taps` weights in subgroups of `lanes`; 0 lanes: every invocation has all of them. */
export function sharedWeights(taps: number, lanes: number): SharedWeights {
  if (lanes === 0) return { registers: taps, tapOf: (register) => `${register}`, at: (tap, name) => name(tap) };
  return {
    registers: Math.ceil(taps / lanes),
    tapOf: (register) => `${register} * ${lanes} + lane`,
    at: (tap, name) => `subgroupBroadcast(${name(Math.floor(tap / lanes))}, ${tap % lanes}u)`,
  };
}

/** The head of a loop over invocations' work, `at` < `params.total`, in workgroups of `size`. */
export function invocationsWgsl(size: number, lanes: number): string {
  if (lanes === 0) return `for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${size}) {\n    var rest = at;`;
  return `let lane = i32(lane_index);
  for (var start = 0; start < params.total; start += i32(grid.x) * ${size}) {
    // Whole subgroups stay together: those beyond the end walk along and store nothing.
    let at = start + i32(id.x);
    var rest = min(at, params.total - 1);`;
}

/** Builtins of an entry point with such a loop. */
export function builtinsWgsl(lanes: number): string {
  const builtins = ['@builtin(global_invocation_id) id: vec3u', '@builtin(num_workgroups) grid: vec3u'];
  return [...builtins, ...(lanes === 0 ? [] : ['@builtin(subgroup_invocation_id) lane_index: u32'])].join(', ');
}
