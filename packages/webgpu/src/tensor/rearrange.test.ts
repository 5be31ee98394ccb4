/** Conversions on the device beside the api's on the host, for every float16 there is and for floats at the edges of each format. */
import { convert, tensor, toHost, type DType, type Tensor } from '@laxconv/api';
import { expect, test } from 'vitest';
import { started } from '../started.test.fixture.ts';

/** Of `x` as `to`, on the device. */
async function onDevice(x: Tensor, to: DType): Promise<Tensor> {
  const backend = await started();
  const view = { shape: x.shape, strides: [1], offset: 0, dtype: to, conjugate: false };
  return toHost(await backend.rearrange(await backend.toDevice(x), view));
}

/** NaNs are one; the host may keep their payload. */
function bitsOf({ dtype, data }: Tensor): readonly number[] {
  const words = data.BYTES_PER_ELEMENT === 4 ? new Uint32Array(data.buffer) : new Uint16Array(data.buffer);
  const infinity = { float32: 0x7f800000, float16: 0x7c00, bfloat16: 0x7f80 }[dtype as string] ?? 0;
  const sign = data.BYTES_PER_ELEMENT === 4 ? 0x80000000 : 0x8000;
  return Array.from(words, (word) => (word % sign > infinity ? -1 : word));
}

async function expectSame(x: Tensor, to: DType): Promise<void> {
  const [got, want] = [bitsOf(await onDevice(x, to)), bitsOf(convert(x, to))];
  const wrong = want.flatMap((word, at) => (got[at] === word ? [] : [[at, got[at], word]]));
  expect([got.length, wrong.slice(0, 5)]).toEqual([want.length, []]);
}

const everyHalf = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

test.each(['float16', 'bfloat16'] as const)('every %s as float32', async (dtype) => {
  await expectSame(tensor(everyHalf, [2 ** 16], dtype), 'float32');
});

test.each(['float16', 'bfloat16'] as const)('float32 rounds to %s: halfway, just beside it, and next to every power of two', async (to) => {
  // Every exponent and sign, by fractions whose lower bits are a tie or next to one, an odd count of them.
  const fractions = [0, 1, 0xfff, 0x1000, 0x1001, 0x2000, 0x2fff, 0x3000, 0x3001, 0x7fff, 0x8000, 0x8001, 0x18000, 0x3ff000, 0x400000, 0x7fefff, 0x7ff000, 0x7fffff, 0x555555]; // prettier-ignore
  const bits = Uint32Array.from({ length: 512 * fractions.length }, (_, i) => (i % 512) * 2 ** 23 + fractions[Math.floor(i / 512)]);
  const x = tensor(new Float32Array(bits.buffer), [bits.length], 'float32');
  await expectSame(x, to);
  await expectSame(tensor(new Float32Array(bits.buffer).slice(0, 1001), [1001], 'float32'), to);
});
