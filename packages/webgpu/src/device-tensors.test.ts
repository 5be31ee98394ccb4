/** Tensors that stay on the device: chains, the caller's own passes, views, and who may use what. */
import { disposeTensor, laxconvOn, tensor, toHost, toNested } from '@laxconv/api';
import { DTYPE_NAMES, isDeviceTensor, rearrange, type DeviceTensor, type DType, type View } from '@laxconv/api/backend';
import { describe, expect, test, vi } from 'vitest';
import { createBackend } from './webgpu-backend.ts';
import { GPUBufferUsage, ownDevice, started } from './started.test.fixture.ts';

const x = tensor([[[1, 2, 3, 4]]]);
const w = tensor([[[1, 1]]]);

describe('chains', () => {
  test('of convolutions read nothing back until asked, and then once', async () => {
    const device = await ownDevice();
    const backend = await started({ device });
    const { lax } = laxconvOn(backend);
    const encoders = vi.spyOn(device, 'createCommandEncoder');
    let copies = 0;
    encoders.mockImplementation(function (this: GPUDevice, ...args) {
      const encoder = Object.getPrototypeOf(device).createCommandEncoder.apply(device, args) as GPUCommandEncoder;
      const copy = encoder.copyBufferToBuffer.bind(encoder) as (...given: unknown[]) => void;
      encoder.copyBufferToBuffer = (...given: unknown[]) => {
        copies++;
        copy(...given);
      };
      return encoder;
    });
    const weights = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'SAME');
    let y: DeviceTensor<'float32'> = await backend.toDevice(x);
    for (let layer = 0; layer < 3; layer++) {
      const next = await weights.run(y);
      disposeTensor(y);
      y = next;
    }
    expect(copies).toBe(0);
    expect(toNested(await toHost(y))).toEqual([[[20, 23, 15, 4]]]);
    expect(copies).toBe(1);
    await weights.dispose();
  });

  test('a tensor that is disposed of while it is being read is never another one', async () => {
    const backend = await started();
    const tensors = await Promise.all([1, 2, 3].map((value) => backend.toDevice(tensor([value, value]))));
    const reads = tensors.map((each) => {
      const reading = toHost(each);
      disposeTensor(each);
      return reading.then(toNested, (error: unknown) => error);
    });
    await backend.toDevice(tensor([9, 9]));
    for (const [index, read] of (await Promise.all(reads)).entries()) {
      if (Array.isArray(read)) expect(read).toEqual([index + 1, index + 1]);
      else expect(read).toMatchObject({ rule: 'tensor/disposed' });
    }
  });

  test('a pass of the caller stands between two of them', async () => {
    const backend = await started();
    const { lax } = laxconvOn(backend);
    const y = await lax.conv(await backend.toDevice(x), w, [1], 'VALID');
    const { device } = backend;
    const code = `@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) { y[id.x] = max(0.0, y[id.x] - 4.0); }`;
    const compute = { module: device.createShaderModule({ code }), entryPoint: 'main' };
    const pipeline = device.createComputePipeline({ layout: 'auto', compute });
    const entries = [{ binding: 0, resource: { buffer: backend.gpuBufferOf(y) } }];
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(3);
    pass.end();
    device.queue.submit([encoder.finish()]);
    expect(toNested(await toHost(await lax.conv(y, w, [1], 'VALID')))).toEqual([[[1, 4]]]);
  });

  test('a buffer of the caller is an operand, and stays the caller’s', async () => {
    const backend = await started();
    const { lax } = laxconvOn(backend);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = backend.device.createBuffer({ size: 16, usage });
    backend.device.queue.writeBuffer(buffer, 0, x.data);
    const operand = backend.fromGPUBuffer(buffer, [1, 1, 4], 'float32');
    expect(backend.gpuBufferOf(operand)).toBe(buffer);
    expect(toNested(await toHost(await lax.conv(operand, w, [1], 'VALID')))).toEqual([[[3, 5, 7]]]);
    disposeTensor(operand);
    await expect(lax.conv(operand, w, [1], 'VALID')).rejects.toMatchObject({ rule: 'tensor/disposed', argument: 'lhs' });
    const again = backend.fromGPUBuffer(buffer, [4], 'float32');
    expect(toNested(await toHost(again))).toEqual([1, 2, 3, 4]);
    buffer.destroy();
  });

  test.each([
    ['too small', { size: 12, usage: 0x84 }, 'must have 16 bytes'],
    ['not for shaders', { size: 16, usage: 0x4 }, 'STORAGE and COPY_SRC'],
    ['not to be read', { size: 16, usage: 0x80 }, 'STORAGE and COPY_SRC'],
  ])('a buffer that is %s is refused', async (_what, descriptor, says) => {
    const backend = await started();
    const buffer = backend.device.createBuffer(descriptor);
    expect(() => backend.fromGPUBuffer(buffer, [4], 'float32')).toThrow(says);
  });
});

test('a buffer that was destroyed, or is another device’s, cannot be read, and nothing else is read in its place', async () => {
  const [backend, other] = [await started(), await started()];
  // Staging buffers that hold something.
  for (let run = 0; run < 3; run++) await toHost(await backend.toDevice(tensor(new Float32Array(1000).fill(42), [1000])));
  const descriptor = { size: 4000, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC };
  const buffer = backend.device.createBuffer(descriptor);
  const destroyed = backend.fromGPUBuffer(buffer, [1000], 'float32');
  buffer.destroy();
  const foreign = backend.fromGPUBuffer(other.device.createBuffer(descriptor), [1000], 'float32');
  for (const unreadable of [destroyed, foreign]) {
    await expect(toHost(unreadable)).rejects.toMatchObject({ rule: 'backend/failed', op: 'backend webgpu: toHost' });
  }
  const good = await backend.toDevice(tensor(new Float32Array([1, 2]), [2]));
  expect(toNested(await toHost(good))).toEqual([1, 2]);
});

test('what is no buffer, no tensor or no device is refused by name', async () => {
  const backend = await started();
  const buffer = backend.device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const from = (...args: readonly unknown[]): unknown => (backend.fromGPUBuffer as (...given: readonly unknown[]) => unknown)(...args);
  for (const wrong of [undefined, null, 5, {}, { size: 16, usage: 132 }]) {
    expect(() => from(wrong, [4], 'float32')).toThrow(expect.objectContaining({ rule: 'tensor/buffer', argument: 'buffer' }) as Error);
  }
  for (const shape of [undefined, null, 'abc', [-4], [1.5], [Number.NaN]]) {
    expect(() => from(buffer, shape, 'float32')).toThrow(expect.objectContaining({ rule: 'tensor/shape' }) as Error);
  }
  expect(() => from(buffer, [4], 'foo')).toThrow(expect.objectContaining({ rule: 'tensor/dtype' }) as Error);
  for (const wrong of [undefined, null, 5, {}]) {
    const given = wrong as never;
    expect(() => backend.gpuBufferOf(given)).toThrow(
      expect.objectContaining({ rule: expect.stringMatching(/^tensor\//) as string }) as Error,
    );
    await expect(backend.prepare(given)).rejects.toMatchObject({ rule: 'backend/problem', op: 'backend webgpu: prepare' });
    await expect(backend.toDevice(given)).rejects.toMatchObject({ rule: expect.stringMatching(/^tensor\//) as string });
    if (wrong === undefined) continue;
    await expect(createBackend({ device: given })).rejects.toMatchObject({ rule: 'backend/option', argument: 'device' });
    await expect(createBackend({ gpu: given })).rejects.toMatchObject({ rule: 'backend/option', argument: 'gpu' });
  }
  buffer.destroy();
});

test('a copy that says something else of its memory is refused; another shape of as many elements is not', async () => {
  const backend = await started();
  const { lax } = laxconvOn(backend);
  disposeTensor(await backend.toDevice(tensor(new Float32Array(64).fill(42), [1, 1, 64])));
  const small = await backend.toDevice(tensor([[[1, 2, 3, 4]]]));
  const conv = (lhs: object): Promise<unknown> => lax.conv(lhs as never, w, [1], 'VALID');
  await expect(conv({ ...small, shape: [1, 1, 64] })).rejects.toMatchObject({ rule: 'tensor/length' });
  const integers = await backend.toDevice(tensor(new Int32Array(4), [1, 1, 4]));
  await expect(conv({ ...integers, dtype: 'float32' })).rejects.toMatchObject({ rule: 'tensor/data-class', argument: 'lhs' });
  const bound = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
  await expect(bound.run({ ...integers, dtype: 'float32' } as never)).rejects.toMatchObject({ rule: 'tensor/data-class' });
  const plan = await backend.prepare(bound.problem as never);
  const sameCount = await (await plan.bindRhs(w)).run({ ...small, shape: [4] });
  expect(isDeviceTensor(sameCount)).toBe(true);
  await bound.dispose();
});

describe('whose', () => {
  test('a tensor of another backend is foreign', async () => {
    const [backend, other] = [await started(), await started()];
    const foreign = await other.toDevice(x);
    const { lax } = laxconvOn(backend);
    await expect(lax.conv(foreign, w, [1], 'VALID')).rejects.toMatchObject({ rule: 'tensor/foreign', jaxError: 'ValueError' });
    const spec = { shape: [1, 1, 4], dtype: 'float32' } as const;
    const bound = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    await expect(bound.run(foreign)).rejects.toMatchObject({ rule: 'tensor/foreign', argument: 'lhs' });
    expect(() => backend.gpuBufferOf(foreign)).toThrow(expect.objectContaining({ rule: 'tensor/foreign' }) as Error);
    const view = { shape: [4], strides: [1], offset: 0, dtype: 'float32', conjugate: false } as const;
    await expect(backend.rearrange(foreign, view)).rejects.toMatchObject({ rule: 'tensor/foreign' });
  });

  test('weights may change or go once they are bound', async () => {
    const backend = await started();
    const weights = await backend.toDevice(w);
    const { lax } = laxconvOn(backend);
    const bound = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, weights, [1], 'VALID');
    disposeTensor(weights);
    const others = await Promise.all([5, 6, 7].map((value) => backend.toDevice(tensor([[[value, value]]]))));
    expect(toNested(await bound.run(x))).toEqual([[[3, 5, 7]]]);
    expect(toNested(await toHost(others[0]))).toEqual([[[5, 5]]]);
    await bound.dispose();
  });
});

const SUPPORTED = DTYPE_NAMES.filter((dtype) => !/64$|128$/.test(dtype) || dtype === 'complex64');

describe('rearrange', () => {
  test.each(SUPPORTED)('of %s, to every dtype, is what the host’s is', async (from) => {
    const backend = await started();
    const source = sourceOf(from);
    const onDevice = await backend.toDevice(source);
    expect(await toHost(onDevice)).toEqual(source);
    for (const dtype of SUPPORTED) {
      for (const view of viewsOf(dtype)) {
        expect(await toHost(await backend.rearrange(onDevice, view)), `${from} to ${dtype}`).toEqual(rearrange(source, view));
      }
    }
  });

  test('what WGSL does not have is refused by name', async () => {
    const backend = await started();
    const onDevice = await backend.toDevice(tensor([1, 2], null, 'int64'));
    expect(toNested(await toHost(onDevice))).toEqual([1n, 2n]);
    const view = { shape: [2], strides: [1], offset: 0, dtype: 'int32', conjugate: false } as const;
    await expect(backend.rearrange(onDevice, view)).rejects.toMatchObject({
      rule: 'backend/unsupported',
      message: expect.stringContaining('int64') as string,
    });
  });
});

/** 3 × 5 elements, with what is hard to convert among them. */
function sourceOf(dtype: DType) {
  const values = [0, -0, 1, -1.5, 2.5, 300.75, -70000, 3e9, -3e9, NaN, Infinity, -Infinity, 65519.9, 6e-8, 1e-40];
  const float = tensor(new Float32Array(values), [3, 5]);
  if (dtype === 'complex64')
    return tensor(
      Float32Array.from({ length: 30 }, (_, i) => values[(i * 7) % 15]),
      [3, 5],
      'complex64',
    );
  return rearrange(float, { shape: [3, 5], strides: [5, 1], offset: 0, dtype, conjugate: false });
}

/** As it is; transposed; backwards, one element of two; every row the first. */
function viewsOf(dtype: DType): View[] {
  return [
    { shape: [3, 5], strides: [5, 1], offset: 0, dtype, conjugate: false },
    { shape: [5, 3], strides: [1, 5], offset: 0, dtype, conjugate: true },
    { shape: [7], strides: [-2], offset: 14, dtype, conjugate: false },
    { shape: [2, 1, 3], strides: [0, 9, 2], offset: 1, dtype, conjugate: true },
  ];
}
