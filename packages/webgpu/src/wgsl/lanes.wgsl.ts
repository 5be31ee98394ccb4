/** Kernels whose invocations go on together in subgroups, to share weights of which all want the same; or each on its own, with 0 `lanes`. */

/** Weights in registers. */
export interface SharedWeights {
  readonly registers: number;
  /** The tap whose weight an invocation has in a register: beyond the last one it is anything. */
  tapOf(register: number | string): string;
  /** The weight of a tap, where register r is called `name(r)`. */
  at(tap: number, name: (register: number) => string): string;
}

/** `taps` weights, one to each lane of a subgroup, which broadcasts it; or all in every invocation. */
export function sharedWeights(taps: number, lanes: number): SharedWeights {
  if (lanes === 0) return { registers: taps, tapOf: (register) => `${register}`, at: (tap, name) => name(tap) };
  return {
    registers: Math.ceil(taps / lanes),
    tapOf: (register) => `(${register} * ${lanes} + lane)`,
    at: (tap, name) => `subgroupBroadcast(${name(Math.floor(tap / lanes))}, ${tap % lanes}u)`,
  };
}

/**
 * The entry point, in workgroups of `size`, with a loop over `at` < `params.total`, and `rest`, the same to be taken apart. Where whole
 * subgroups stay together, those beyond the end walk along, and store nothing: they are not `is_own`.
 */
export function invocationsWgsl(size: number, lanes: number, body: string): string {
  const lane = lanes === 0 ? '' : ', @builtin(subgroup_invocation_id) lane_index: u32';
  const [head, own] =
    lanes === 0
      ? [`for (var at = i32(id.x); at < params.total; at += i32(grid.x) * ${size}) {`, 'var rest = at; let is_own = true;']
      : [
          `let lane = i32(lane_index);
  for (var start = 0; start < params.total; start += i32(grid.x) * ${size}) {`,
          `let at = start + i32(id.x);
    var rest = min(at, params.total - 1); let is_own = at < params.total;`,
        ];
  return `@compute @workgroup_size(${size})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) grid: vec3u${lane}) {
  ${head}
    ${own}
    ${body}
  }
}
`;
}
