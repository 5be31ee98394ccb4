/** Loops of a phase (plan/loops.ts) in shaders: numbered parameters, a position in each, and the walk over their taps. */
import type { IsOne, ParameterNames, SplitPart } from './parameters.wgsl.ts';

/** What a kernel knows of a loop: the names of its parameters, which are numbered or prefixed. */
export const LOOP = ['count', 'origin', 'step', 'size', 'taps', 'tapStep', 'xStride', 'yStride', 'wStride'] as const;

/** The parameters of `rank` loops. */
export function loopParameters(rank: number): ParameterNames {
  return Array.from({ length: rank }, (_, d) => LOOP.map((name) => `${name}${d}`)).flat();
}

/** For splitWgsl: positions `q0`, `q1`, … of `rank` loops, the innermost first. */
export function loopPositions(rank: number): SplitPart[] {
  return Array.from({ length: rank }, (_, index) => rank - 1 - index).map((d) => [`q${d}`, `count${d}`] as const);
}

/**
 * `body` for every tap `t0`, `t1`, … of `rank` loops that meets an input element, from where the position is: `at0`, `at1`, … Where a
 * subgroup stays together (`isTogether`), for every tap that one of its positions meets an element at; a position's own do so if
 * `inside` and the number of the last loop is true.
 */
export function tapsWgsl(rank: number, body: string, isOne: IsOne, isTogether = false): string {
  return Array.from({ length: rank }, (_, index) => rank - 1 - index).reduce((inner, d) => {
    const own = `u32(at${d} + t${d} * params.tapStep${d}) < u32(params.size${d})`;
    const inside = isTogether ? `let inside${d} = ${d === 0 ? '' : `inside${d - 1} && `}${own};` : '';
    const isMet = isTogether ? `subgroupAny(inside${d})` : own;
    if (isOne(`taps${d}`)) return `let t${d} = 0; ${inside}\n    if (${isMet}) {\n      ${inner}\n    }`;
    return `for (var t${d} = 0; t${d} < params.taps${d}; t${d}++) {
      ${inside}
      if (!(${isMet})) { continue; }
      ${inner}
    }`;
  }, body);
}
