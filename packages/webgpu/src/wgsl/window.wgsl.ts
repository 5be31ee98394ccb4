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

/** A register's type. */
export function registerType({ size }: Window, element: Element): string {
  return size === 1 ? element : `vec4<${element}>`;
}

/** Declares where a register begins that is `offset` after the element `from` of the line, `e${name}`, and whether that is none of padding. */
export function placeWgsl(name: number | string, from: string, offset: number | string): string {
  return `let e${name} = ${from} + ${offset} * params.line_unit; let in${name} = u32(e${name}) < u32(params.line_size);`;
}

/** The register at such a place of the line that begins at element `x` of lhs; zero in padding, and unless `isInside`. */
export function loadWgsl(window: Window, element: Element, name: number | string, isInside = ''): string {
  const load = window.size === 1 ? 'lhs_at' : 'lhs_quad';
  return `select(${registerType(window, element)}(), ${load}(x + e${name} * params.line_xStride), ${isInside}in${name})`;
}
