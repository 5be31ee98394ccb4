/** numpy-parser 1.2.3 has no types of its own; npy.ts is the only file that uses it. */
declare module 'numpy-parser' {
  export function fromArrayBuffer(buffer: ArrayBuffer): {
    readonly data: Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
    readonly shape: number[];
  };
}
