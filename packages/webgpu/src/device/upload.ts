/** Host memory into a buffer: the queue takes whole words, tensors have bytes. */

/** Writes `data` to the start of `buffer`; what follows it within the last word is zero. */
export function upload(queue: GPUQueue, buffer: GPUBuffer, data: ArrayBufferView): void {
  const { byteOffset, byteLength } = data;
  const words = byteLength - (byteLength % 4);
  // Not every platform takes shared memory.
  const source = data.buffer instanceof ArrayBuffer ? data.buffer : undefined;
  if (source === undefined) {
    const copy = new Uint8Array(Math.ceil(byteLength / 4) * 4);
    copy.set(new Uint8Array(data.buffer, byteOffset, byteLength));
    queue.writeBuffer(buffer, 0, copy);
    return;
  }
  if (words > 0) queue.writeBuffer(buffer, 0, source, byteOffset, words);
  if (words === byteLength) return;
  const tail = new Uint8Array(4);
  tail.set(new Uint8Array(source, byteOffset + words, byteLength - words));
  queue.writeBuffer(buffer, words, tail);
}
