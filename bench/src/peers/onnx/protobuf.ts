/** As much of protobuf's wire format as an ONNX model needs (https://protobuf.dev/programming-guides/encoding/). */

/** A field: its number in the .proto file, and its value. Numbers are int64 or enums, strings and bytes length-delimited, messages nested. */
export type Field = readonly [number: number, value: number | string | Uint8Array | Message];

/** Fields in order. A repeated field is given once for each element. */
export type Message = readonly Field[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** The message's bytes. */
export function encodeMessage(message: Message): Uint8Array {
  return concatenate(message.flatMap(encodeField));
}

function encodeField([number, value]: Field): readonly Uint8Array[] {
  if (typeof value === 'number') return [varint(number * 8 + VARINT), varint(value)];
  const bytes = bytesOf(value);
  return [varint(number * 8 + LENGTH_DELIMITED), varint(bytes.length), bytes];
}

function bytesOf(value: string | Uint8Array | Message): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : encodeMessage(value);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. Negative numbers are not needed here. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`a varint is a natural number, got ${value}`);
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
