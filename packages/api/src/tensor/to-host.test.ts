/** Reading back and freeing, and values that are no tensor. */
import { describe, expect, test } from 'vitest';
import { ruleOf, ruleOfPromise } from '../rule-of.test.fixture.ts';
import { toNested, toNumbers } from './convert.ts';
import { tensor } from './create.ts';
import type { AnyTensor, DeviceTensor } from './tensor.ts';
import { disposeTensor, toHost } from './to-host.ts';

describe('tensors on the host and on devices', () => {
  test('toHost and disposeTensor leave host tensors alone, and read and free device tensors', async () => {
    const host = tensor([1, 2]);
    await expect(toHost(host)).resolves.toBe(host);
    disposeTensor(host);
    expect(host.data).toHaveLength(2);

    let freed = 0;
    const device = { owner: {}, read: () => Promise.resolve(host), free: () => void freed++ };
    const onDevice: DeviceTensor<'float32'> = { dtype: 'float32', shape: [2], device };
    await expect(toHost(onDevice)).resolves.toEqual(host);
    await expect(toHost({ ...onDevice, shape: [2, 1] })).resolves.toEqual({ ...host, shape: [2, 1] });
    disposeTensor(onDevice);
    expect(freed).toBe(1);
    expect(ruleOf(() => toNumbers(onDevice as unknown as AnyTensor))).toBe('tensor/not-a-tensor');
  });

  test.each([[null], [[1, 2]], [new Float32Array(2)], [3], ['x'], [{}]])('%o is no tensor', async (value) => {
    const anything = value as unknown as AnyTensor;
    expect(ruleOf(() => toNumbers(anything))).toBe('tensor/not-a-tensor');
    expect(ruleOf(() => toNested(anything))).toBe('tensor/not-a-tensor');
    expect(ruleOf(() => disposeTensor(anything))).toBe('tensor/not-a-tensor');
    await expect(ruleOfPromise(toHost(anything))).resolves.toBe('tensor/not-a-tensor');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('lost'))],
    ['rejects with nothing', () => Promise.reject(undefined)],
    ['gives nothing', () => Promise.resolve(undefined)],
    ['gives another dtype', () => Promise.resolve(tensor([1, 2], null, 'int8'))],
    ['gives too little', () => Promise.resolve(tensor([1]))],
  ])('a device whose read %s', async (_, read) => {
    const onDevice = { dtype: 'float32', shape: [2], device: { owner: {}, read, free: () => undefined } } as DeviceTensor;
    await expect(ruleOfPromise(toHost(onDevice))).resolves.toBe('backend/failed');
  });

  test('a device field that is no device makes no device tensor', async () => {
    const odd = { dtype: 'float32', shape: [2], device: null } as unknown as DeviceTensor;
    await expect(ruleOfPromise(toHost(odd))).resolves.toBe('tensor/data-class');
  });
});
