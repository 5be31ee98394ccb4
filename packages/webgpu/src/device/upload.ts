/** Host memory into a buffer: the queue takes whole words, tensors have bytes. */

/** Writes `data` to the start of `buffer`; what follows it within the last word is zero. */
export function upload(queue: GPUQueue, buffer: GPUBuffer, data: ArrayBufferView): void {
  const { byteOffset, byteLength } = data;
  if (!isPlain(data.buffer)) {
    const copy = new Uint8Array(Math.ceil(byteLength / 4) * 4);
    copy.set(new Uint8Array(data.buffer, byteOffset, byteLength));
    queue.writeBuffer(buffer, 0, copy);
    return;
  }
  const words = byteLength - (byteLength % 4);
  if (words > 0) queue.writeBuffer(buffer, 0, data.buffer, byteOffset, words);
  if (words === byteLength) return;
  const tail = new Uint8Array(4);
  tail.set(new Uint8Array(data.buffer, byteOffset + words, byteLength - words));
  queue.writeBuffer(buffer, words, tail);
}

/** Shared memory and memory that can be resized are what not every platform takes. */
function isPlain(memory: ArrayBufferLike): memory is ArrayBuffer {
  return memory instanceof ArrayBuffer && !(memory as { readonly resizable?: boolean }).resizable;
}
