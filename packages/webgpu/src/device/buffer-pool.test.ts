/** Size classes, reuse, the bound on what lies idle, and what happens where there is no room. */
import { beforeEach, describe, expect, test } from 'vitest';
import { BufferPool } from './buffer-pool.ts';
import { FakeDevice } from './fake-device.test.fixture.ts';
import { STORED } from './usage.ts';

const MEBIBYTE = 2 ** 20;

let fake: FakeDevice;
let pool: BufferPool;
beforeEach(() => {
  fake = new FakeDevice();
  pool = new BufferPool(fake.device, fake.loss, STORED);
});

describe('sizes', () => {
  test.each([
    [0, 256],
    [1, 256],
    [256, 256],
    [257, 512],
    [1000, 1024],
    [4096, 4096],
    [4097, 4608],
    [MEBIBYTE, MEBIBYTE],
    [MEBIBYTE + 1, 1.125 * MEBIBYTE],
  ])('%d bytes are a buffer of %d', async (bytes, size) => {
    const taken = await pool.take('op', bytes);
    expect([taken.bytes, fake.buffers[0].size, fake.buffers[0].usage]).toEqual([size, size, STORED]);
  });

  test('waste at most an eighth above 2 KiB, and are whole words', async () => {
    for (let bytes = 2049; bytes < 10 * MEBIBYTE; bytes = Math.ceil(bytes * 1.37)) {
      const { bytes: size } = await pool.take('op', bytes);
      expect([bytes, size >= bytes, size <= bytes * 1.125 + 256, size % 4]).toEqual([bytes, true, true, 0]);
    }
  });
});

describe('reuse', () => {
  test('what was given back is taken again, by its class of sizes', async () => {
    const first = await pool.take('op', 1000);
    pool.give(first);
    expect([await pool.take('op', 1024), pool.count]).toEqual([first, 1]);
  });

  test('not by another class, and no buffer is handed out twice', async () => {
    const first = await pool.take('op', 1000);
    expect(pool.takeIdle(1000)).toBeUndefined();
    pool.give(first);
    expect(await pool.take('op', 1025)).not.toBe(first);
    expect(pool.takeIdle(1000)).toBe(first);
    expect(pool.takeIdle(1000)).toBeUndefined();
    expect([pool.count, fake.buffers.length]).toEqual([2, 2]);
  });

  test('ids tell every buffer from every other', async () => {
    const other = new BufferPool(fake.device, fake.loss, STORED);
    const ids = [await pool.take('op', 4), await pool.take('op', 4), await other.take('op', 4)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test('somebody else’s buffer is not taken in', async () => {
    const other = new BufferPool(fake.device, fake.loss, STORED);
    pool.give(await other.take('op', 1000));
    expect([pool.takeIdle(1000), pool.count]).toEqual([undefined, 0]);
  });
});

describe('the bound on idle bytes', () => {
  test('256 MiB lie idle at most; buffers in use do not count', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, () => pool.take('op', 64 * MEBIBYTE)));
    expect(fake.bytes).toBe(320 * MEBIBYTE);
    for (const buffer of taken) pool.give(buffer);
    expect([fake.bytes, pool.count]).toEqual([256 * MEBIBYTE, 4]);
  });

  test('the size that was given back last shrinks last', async () => {
    const [first, again] = [await pool.take('op', 128 * MEBIBYTE), await pool.take('op', 128 * MEBIBYTE)];
    const other = await pool.take('op', 64 * MEBIBYTE);
    for (const buffer of [first, other, again]) pool.give(buffer);
    expect(fake.buffers.map(({ isDestroyed }) => isDestroyed)).toEqual([false, false, true]);
  });

  test('of a size the oldest goes', async () => {
    const three = [await pool.take('op', 128 * MEBIBYTE), await pool.take('op', 128 * MEBIBYTE), await pool.take('op', 128 * MEBIBYTE)];
    for (const buffer of [three[1], three[0], three[2]]) pool.give(buffer);
    expect(fake.buffers.map(({ isDestroyed }) => isDestroyed)).toEqual([false, true, false]);
  });

  test('what is taken again no longer counts as idle', async () => {
    for (let time = 0; time < 5; time++) pool.give(await pool.take('op', 128 * MEBIBYTE));
    expect([fake.buffers.length, fake.bytes]).toEqual([1, 128 * MEBIBYTE]);
  });

  test('a buffer that is larger than the bound is not kept, and the count of idle bytes stays right', async () => {
    pool.give(await pool.take('op', 512 * MEBIBYTE));
    expect([fake.bytes, pool.count]).toEqual([0, 0]);
    const four = await Promise.all(Array.from({ length: 4 }, () => pool.take('op', 64 * MEBIBYTE)));
    for (const buffer of four) pool.give(buffer);
    expect(fake.bytes).toBe(256 * MEBIBYTE);
  });
});

describe('no room', () => {
  test('idle buffers make way, once', async () => {
    fake.room = 10 * MEBIBYTE;
    const idle = [await pool.take('op', 4 * MEBIBYTE), await pool.take('op', 4 * MEBIBYTE)];
    for (const buffer of idle) pool.give(buffer);
    expect((await pool.take('op', 8 * MEBIBYTE)).bytes).toBe(8 * MEBIBYTE);
    expect([pool.count, fake.bytes]).toEqual([1, 8 * MEBIBYTE]);
  });

  test('an error that says so, where none are idle; what was made in vain is destroyed and not counted', async () => {
    fake.room = MEBIBYTE;
    await expect(pool.take('op', 2 * MEBIBYTE)).rejects.toMatchObject({ rule: 'memory/exhausted', op: 'op' });
    expect([pool.count, fake.bytes]).toEqual([0, 0]);
    expect((await pool.take('op', 4)).bytes).toBe(256);
  });
});

test('destroy destroys what is in use too, and what is given back afterwards stays away', async () => {
  const [used, idle] = [await pool.take('op', 1000), await pool.take('op', 2000)];
  pool.give(idle);
  pool.destroy();
  pool.give(used);
  expect([pool.count, fake.bytes, pool.takeIdle(1000), pool.takeIdle(2000)]).toEqual([0, 0, undefined, undefined]);
});

test('a lost device gives nothing, not even what lies idle', async () => {
  pool.give(await pool.take('op', 1000));
  fake.lose('destroyed');
  await fake.lost;
  await expect(pool.take('op', 1000)).rejects.toMatchObject({ rule: 'backend/lost' });
});
