/** Loops of a phase (plan/loops.ts) in shaders: numbered parameters, a position in each, and the walk over their taps. */
import type { ParameterNames } from './parameters.wgsl.ts';

/** What a kernel knows of a loop: the names of its parameters, which are numbered or prefixed. */
export const LOOP = ['count', 'origin', 'step', 'size', 'taps', 'tapStep', 'xStride', 'yStride', 'wStride'] as const;

/** The parameters of `rank` loops. */
export function loopParameters(rank: number): ParameterNames {
  return Array.from({ length: rank }, (_, d) => LOOP.map((name) => `${name}${d}`)).flat();
}

/**
 * `body` for every tap `t0`, `t1`, … of `rank` loops that meets an input element, from where the position is: `at0`, `at1`, … Where a
 * subgroup stays together (`isTogether`), for every tap that one of its positions meets an element at; a position's own do so if
 * `inside` and the number of the last loop is true.
 */
export function tapsWgsl(rank: number, body: string, isTogether = false): string {
  return Array.from({ length: rank }, (_, index) => rank - 1 - index).reduce((inner, d) => {
    const own = `(u32(at${d} + t${d} * params.tapStep${d}) < u32(params.size${d}))`;
    const inside = `let inside${d} = ${isTogether && d > 0 ? `inside${d - 1} & ` : ''}${own};`;
    const isMet = isTogether ? `subgroupAny(inside${d})` : `inside${d}`;
    return `for (var t${d} = 0; t${d} < params.taps${d}; t${d}++) {
      ${inside}
      if (!${isMet}) { continue; }
      ${inner}
    }`;
  }, body);
}
