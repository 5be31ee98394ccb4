/** The bits of GPUBufferUsage and GPUMapMode, by value: in Node they are no globals, and nothing here asks for a global when loaded. */

/** GPUBufferUsage. */
export const USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80, INDIRECT: 0x100 } as const;

/** What every buffer of tensors, weights, parameters and counts of workgroups is for. */
export const STORED = USAGE.UNIFORM | USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST | USAGE.INDIRECT;

/** GPUMapMode.READ. */
export const MAP_MODE_READ = 0x1;
