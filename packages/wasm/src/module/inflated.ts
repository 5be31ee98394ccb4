/** Inflation by the platform: Node's zlib, which is at hand without loading anything, or the stream that browsers have. */
import { nodeModule } from '../node-module.ts';

interface Zlib {
  inflateRawSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** What `deflated` (RFC 1951, without a header) was made of. */
export async function inflated(deflated: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = nodeModule('node:zlib') as Zlib | undefined;
  // A copy: a Buffer may be a part of memory that is others' too, and its methods are not a Uint8Array's.
  if (zlib !== undefined) return new Uint8Array(zlib.inflateRawSync(deflated));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
