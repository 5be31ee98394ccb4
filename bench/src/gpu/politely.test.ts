import { describe, expect, it } from 'vitest';
import { politely } from './politely.ts';

describe('politely', () => {
  it('gives what the promise gives, and its failure', async () => {
    await expect(politely(Promise.resolve(3))).resolves.toBe(3);
    await expect(politely(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  });

  it('lets the event loop turn, and leaves the processor to others meanwhile', async () => {
    const before = process.cpuUsage();
    await politely(new Promise((resolve) => setTimeout(resolve, 300)));
    const { user, system } = process.cpuUsage(before);
    // A busy wait would take all of the 300 ms.
    expect((user + system) / 1000).toBeLessThan(200);
  });
});
