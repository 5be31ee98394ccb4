/** Inflation by the platform: Node's zlib, which is at hand without loading anything, or the stream that browsers have. */
import { nodeModule } from '../node-module.ts';

/** What the stream takes of the platform. */
const NEEDED = ['Blob', 'DecompressionStream', 'Response'] as const;

/**
 * What `deflated` (RFC 1951, without a header) was made of.
 *
 * @throws Error that says what this platform lacks
 */
export async function inflated(deflated: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const byNode = inflatedByNode(deflated);
  if (byNode !== undefined) return byNode;
  const missing = NEEDED.filter((name) => typeof (globalThis as Record<string, unknown>)[name] !== 'function');
  if (missing.length > 0) throw new Error(`there is no ${missing.join(', no ')}`);
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** undefined where it is not Node, whatever calls itself so. */
function inflatedByNode(deflated: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const zlib: { readonly inflateRawSync?: unknown } | undefined = nodeModule('node:zlib');
  if (typeof zlib?.inflateRawSync !== 'function') return undefined;
  const bytes: unknown = zlib.inflateRawSync(deflated);
  // A copy: a Buffer may be a part of memory that is others' too, and its methods are not a Uint8Array's.
  return ArrayBuffer.isView(bytes) ? new Uint8Array(bytes as Uint8Array) : undefined;
}
