/**
 * Files of the goldens as one: a page from a file has nobody to ask for files. The names and sizes as JSON behind its length (4 bytes,
 * little-endian), then the files one after the other; all of it as gzip.
 */

/** A file by its path in the folder of the goldens. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The bytes of a pack, not yet compressed. */
export function joinFiles(files: Files): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify(Object.fromEntries(Array.from(files, ([path, bytes]) => [path, bytes.length]))));
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const pack = new Uint8Array(4 + head.length + total);
  new DataView(pack.buffer).setUint32(0, head.length, true);
  pack.set(head, 4);
  let at = 4 + head.length;
  for (const bytes of files.values()) {
    pack.set(bytes, at);
    at += bytes.length;
  }
  return pack;
}

/** The files in the bytes of a pack, as views of them. Throws an Error where they are not a pack. */
export function splitFiles(pack: Uint8Array<ArrayBuffer>): Files {
  const broken = (cause?: unknown): Error => new Error('the pack of goldens is broken', { cause });
  if (pack.length < 4) throw broken();
  const length = new DataView(pack.buffer, pack.byteOffset).getUint32(0, true);
  let sizes: Record<string, number>;
  try {
    sizes = JSON.parse(new TextDecoder().decode(pack.subarray(4, 4 + length))) as Record<string, number>;
  } catch (cause) {
    throw broken(cause);
  }
  const files = new Map<string, Uint8Array>();
  let at = 4 + length;
  for (const [path, size] of Object.entries(sizes)) {
    files.set(path, pack.subarray(at, at + size));
    at += size;
  }
  if (at !== pack.length) throw broken();
  return files;
}
