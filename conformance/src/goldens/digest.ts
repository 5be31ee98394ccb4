/** SHA-256 by Web Crypto, which Node and browsers have alike. */

/** The digest in hexadecimal. */
export async function sha256(bytes: ArrayBufferView): Promise<string> {
  // Web Crypto takes no view of shared memory; the copy is also safe from changes while it is hashed.
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const digest = await globalThis.crypto.subtle.digest('SHA-256', copy);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hexadecimal digits of an operand's digest in the manifest. */
const SHORT = 12;

/** The digest of an operand's bytes as the manifest has it. */
export async function operandDigest(data: ArrayBufferView): Promise<string> {
  return (await sha256(data)).slice(0, SHORT);
}
