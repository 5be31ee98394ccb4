/** What kernels know of a loop (plan/loops.ts): the names of its parameters, which are numbered or prefixed. */
export const LOOP = ['count', 'origin', 'step', 'size', 'taps', 'tapStep', 'xStride', 'yStride', 'wStride'] as const;
