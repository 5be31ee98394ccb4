/** Hostile use: devices that go away, shaders that do not compile, memory that is not there, and what happens at the wrong time. */
import { laxconvOn, tensor, toHost, toNested } from '@laxconv/api';
import { isUnsupportedProblem, type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { describe, expect, test, vi } from 'vitest';
import { acquireDevice } from './device/acquire.ts';
import { Gpu } from './device/gpu.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { direct } from './plan/direct.ts';
import { gemm } from './plan/gemm.ts';
import { dawn, ownDevice, started } from './started.test.fixture.ts';
import { backendOn } from './webgpu-backend.ts';

const x = tensor([[[1, 2, 3, 4]]]);
const w = tensor([[[1, 1]]]);
const lost = { rule: 'backend/lost', jaxError: 'RuntimeError' };

const problem: ConvProblem = {
  lhs: { shape: [1, 1, 4], dtype: 'float32' },
  rhs: { shape: [1, 1, 2], dtype: 'float32' },
  out: { shape: [1, 1, 3], dtype: 'float32' },
  lhsSpec: [0, 1, 2],
  rhsSpec: [0, 1, 2],
  outSpec: [0, 1, 2],
  windowStrides: [1],
  padding: [[0, 0]],
  lhsDilation: [1],
  rhsDilation: [1],
  windowReversal: [false],
  featureGroupCount: 1,
  batchGroupCount: 1,
  precision: 'default',
  method: 'auto',
};

const layer: ConvProblem = {
  ...problem,
  lhs: { shape: [1, 8, 16], dtype: 'float32' },
  rhs: { shape: [8, 8, 3], dtype: 'float32' },
  out: { shape: [1, 8, 14], dtype: 'float32' },
};

async function expectItWorks(): Promise<void> {
  const { lax } = laxconvOn(await started());
  expect(toNested(await lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
}

describe('a lost device', () => {
  test('rejects what is pending and what comes later, says so, and another backend works', async () => {
    const device = await ownDevice();
    const backend = await started({ device });
    const { lax } = laxconvOn(backend);
    const bound = await lax.prepareConvGeneralDilated(problem.lhs as { shape: [1, 1, 4]; dtype: 'float32' }, w, [1], 'VALID');
    const onDevice = await backend.toDevice(x);
    expect(backend.info.lost).toBeUndefined();
    const pending = [bound.run(x), bound.run(x), toHost(onDevice)];
    device.destroy();
    for (const outcome of await Promise.allSettled(pending)) {
      // What the device had done by then may still come.
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(lost);
    }
    for (const late of [() => bound.run(x), () => lax.conv(x, w, [1], 'VALID'), () => toHost(onDevice), () => backend.toDevice(x)]) {
      await expect(late()).rejects.toMatchObject(lost);
    }
    expect(backend.info.lost?.reason).toBe('destroyed');
    await bound.dispose();
    await expectItWorks();
  });

  test('in a list, the next backend goes on with operands in host memory', async () => {
    const device = await ownDevice();
    const backend = await started({ device });
    const { lax } = laxconvOn([backend, await started()]);
    expect(toNested(await lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
    device.destroy();
    expect(toNested(await lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
  });
});

describe('kernels that are wrong', () => {
  test('steps that do not compile once their weights are packed: told, nothing is lost, and the next bind works', async () => {
    const gpu = new Gpu(await acquireDevice({}));
    const plan = await backendOn(gpu, [gemm]).prepare(layer);
    const compile = gpu.device.createComputePipelineAsync.bind(gpu.device);
    const weights = { ...layer.rhs, dtype: 'float32', data: new Float32Array(192).fill(1) } as const;
    gpu.device.createComputePipelineAsync = (descriptor) =>
      descriptor.label?.includes('-gemm-') === true ? Promise.reject(new Error('injected')) : compile(descriptor);
    const fail = (): Promise<void> =>
      expect(plan.bindRhs(weights)).rejects.toMatchObject({
        rule: 'backend/failed',
        message: expect.stringContaining('injected') as string,
      });
    await fail();
    const buffers = gpu.pool.count;
    for (let again = 0; again < 5; again++) await fail();
    gpu.device.createComputePipelineAsync = compile;
    const bound = await plan.bindRhs(weights);
    expect(gpu.pool.count).toBe(buffers);
    const { data } = (await bound.run({ ...layer.lhs, dtype: 'float32', data: new Float32Array(128).fill(1) })) as Tensor;
    expect(Array.from(data as Float32Array)).toEqual(new Array(112).fill(24));
    gpu.destroy();
  });

  const broken = (code: string): Algorithm => ({
    ...direct,
    consider(lowered, adapter) {
      const candidate = direct.consider(lowered, adapter);
      if (typeof candidate === 'string') return candidate;
      return {
        ...candidate,
        bind: (binding) => candidate.bind(binding).map((dispatch) => ({ ...dispatch, shader: { name: 'broken', code } })),
      };
    },
  });

  test.each([
    ['a shader that is no WGSL', 'fn main( {', /the shader broken does not compile: .*(expected|error)/s],
    ['a shader without an entry point', 'fn other() {}', /the shader broken does not compile/],
    ['a shader with other buffers', '@compute @workgroup_size(1) fn main() {}', /kernel f32-direct-1x1 is not valid/],
  ])('%s is a typed error that names it, each time', async (_what, code, message) => {
    const backend = backendOn(new Gpu(await acquireDevice({})), [broken(code)]);
    const plan = await backend.prepare(problem);
    for (let time = 0; time < 2; time++) {
      const run = plan.bindRhs(w).then((bound) => bound.run(x));
      await expect(run).rejects.toMatchObject({ rule: 'backend/failed', message: expect.stringMatching(message) as string });
    }
    await plan.dispose();
    await backend.dispose();
    await expectItWorks();
  });

  test('a failure of a run that stays on the device comes out at toHost, of what was computed from it too', async () => {
    const backend = backendOn(new Gpu(await acquireDevice({})), [broken('@compute @workgroup_size(1) fn main() {}')]);
    const bound = await (await backend.prepare(problem)).bindRhs(w);
    const y = await bound.run(await backend.toDevice(x));
    const view = { shape: [3], strides: [1], offset: 0, dtype: 'float32', conjugate: false } as const;
    const z = await backend.rearrange(y as Exclude<typeof y, Tensor>, view);
    for (const tensorOnDevice of [y, z]) await expect(toHost(tensorOnDevice)).rejects.toMatchObject({ rule: 'backend/failed' });
    await backend.dispose();
  });
});

describe('memory', () => {
  test('that is not there is a typed error; idle buffers are given up first', async () => {
    const device = await ownDevice();
    const backend = await started({ device });
    const { lax } = laxconvOn(backend);
    await lax.conv(x, w, [1], 'VALID');
    const scope = vi.spyOn(device, 'popErrorScope');
    const error = { message: 'injected' } as GPUError;
    scope.mockResolvedValueOnce(error).mockResolvedValueOnce(null);
    const large = { dtype: 'float32', shape: [2 ** 20], data: new Float32Array(2 ** 20) } as const;
    // There were idle buffers: they go, and the second try is real.
    const sent = await backend.toDevice(large);
    scope.mockResolvedValueOnce(error).mockResolvedValueOnce(null);
    await expect(backend.toDevice(large)).rejects.toMatchObject({ rule: 'memory/exhausted', jaxError: 'RuntimeError' });
    scope.mockRestore();
    expect((await toHost(sent)).data.length).toBe(2 ** 20);
    expect(toNested(await lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
  });

  test('is the same after 2000 runs', async () => {
    const gpu = new Gpu(await acquireDevice({}));
    const backend = backendOn(gpu);
    const { lax } = laxconvOn(backend);
    const count = (): number => gpu.pool.count + gpu.staging.count;
    const bound = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
    const some = async (runs: number): Promise<void> => {
      for (let run = 0; run < runs; run++) {
        const onDevice = await backend.toDevice(x);
        const y = await bound.run(onDevice);
        await Promise.all([bound.run(x), lax.conv(onDevice, w, [1], 'VALID').then((z) => z.device.free()), toHost(y)]);
        y.device.free();
        onDevice.device.free();
      }
    };
    await some(10);
    const before = count();
    await some(490);
    expect(count()).toBe(before);
    await bound.dispose();
    await backend.dispose();
    expect(count()).toBe(0);
  });

  test('of concurrent runs is apart: 32 at once give what 32 in a row do', async () => {
    const backend = await started();
    const { lax } = laxconvOn(backend);
    const shape = [1, 3, 9, 9];
    const weights = tensor(
      Int8Array.from({ length: 54 }, (_, i) => (i * 37) % 100),
      [2, 3, 3, 3],
    );
    const inputs = Array.from({ length: 32 }, (_each, n) =>
      tensor(
        Int8Array.from({ length: 243 }, (_, i) => i * (n + 1)),
        shape,
      ),
    );
    const bound = await lax.prepareConvGeneralDilated({ shape, dtype: 'int8' }, weights, [1, 1], 'SAME');
    const alone: Tensor[] = [];
    for (const input of inputs) alone.push(await bound.run(input));
    expect(await Promise.all(inputs.map((input) => bound.run(input)))).toEqual(alone);
    await bound.dispose();
  });
});

describe('the wrong time', () => {
  test('dispose lets started runs finish and refuses later ones', async () => {
    const backend = await started();
    const { lax } = laxconvOn(backend);
    const bound = await lax.prepareConvGeneralDilated({ shape: [1, 1, 4], dtype: 'float32' }, w, [1], 'VALID');
    const running = Array.from({ length: 4 }, () => bound.run(x));
    const ending = backend.dispose();
    expect((await Promise.all(running)).map(toNested)).toEqual(running.map(() => [[[3, 5, 7]]]));
    await bound.dispose();
    await ending;
    await expect(backend.prepare(problem)).rejects.toMatchObject({ rule: 'instance/disposed' });
    await expect(backend.toDevice(x)).rejects.toMatchObject({ rule: 'instance/disposed' });
  });

  test('data that goes away is refused, and an operand that is freed', async () => {
    const backend = await started();
    const bound = await (await backend.prepare(problem)).bindRhs(w);
    const going = tensor(new Float32Array([1, 2, 3, 4]), [1, 1, 4]);
    structuredClone(going.data.buffer, { transfer: [going.data.buffer] });
    await expect(bound.run(going)).rejects.toMatchObject({ jaxError: 'ValueError' });
    const freed = await backend.toDevice(x);
    freed.device.free();
    await expect(bound.run(freed)).rejects.toMatchObject({ rule: 'tensor/disposed' });
    await expect(toHost(freed)).rejects.toMatchObject({ rule: 'tensor/disposed' });
  });
});

describe('poorer adapters', () => {
  test.each([['subgroups'], ['shader-f16'], ['timestamp-query'], ['all']])('without %s', async (feature) => {
    const withoutFeatures = feature === 'all' ? ['subgroups', 'shader-f16', 'timestamp-query'] : [feature];
    const backend = await started({ withoutFeatures });
    for (const absent of withoutFeatures) expect(backend.info.features).not.toContain(absent);
    const { lax } = laxconvOn(backend);
    for (const dtype of ['float32', 'float16', 'bfloat16', 'int8'] as const) {
      const [lhs, rhs] = [tensor([[[1, 2, 3, 4]]], null, dtype), tensor([[[1, 1]]], null, dtype)];
      expect(await lax.conv(lhs, rhs, [1], 'VALID')).toEqual(tensor([[[3, 5, 7]]], null, dtype));
    }
  });

  test('no software, where the caller wants none', async () => {
    const { info } = await started();
    // Given, it is asked even where no card shows itself (device/card.ts).
    const options = { gpu: dawn, software: false };
    if (!info.isFallback) return expect(await started(options)).toBeDefined();
    await expect(started(options)).rejects.toMatchObject({
      rule: 'backend/unavailable',
      message: expect.stringContaining('computes on the CPU') as string,
    });
    await expect(started({ software: false })).rejects.toMatchObject({ rule: 'backend/unavailable' });
  });

  test('no adapter, no WebGPU: it says what is missing', async () => {
    const gpu = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU;
    await expect(started({ gpu })).rejects.toMatchObject({
      rule: 'backend/unavailable',
      message: expect.stringContaining('driver') as string,
    });
  });

  test.each([
    ['nothing', () => undefined],
    ['a rejection', () => Promise.reject(new Error('boo'))],
    [
      'an error',
      () => {
        throw new Error('boo');
      },
    ],
  ])('a GPU that answers with %s', async (_what, requestAdapter) => {
    await expect(started({ gpu: { requestAdapter } as never })).rejects.toMatchObject({ rule: 'backend/unavailable' });
  });

  test('a device of a driver in software, where the caller wants none', async () => {
    const device = await ownDevice();
    const { isFallback } = (await started({ device })).info;
    const refused = started({ device, software: false });
    if (isFallback) await expect(refused).rejects.toMatchObject({ rule: 'backend/unavailable' });
    else await expect(refused).resolves.toBeDefined();
  });

  test('steps beyond 32 bits that nobody takes', async () => {
    const { lax } = laxconvOn(await started());
    const vast = 2 ** 40;
    expect(toNested(await lax.conv(x, tensor([[[1, 1, 1, 1]]]), [vast], 'VALID'))).toEqual([[[10]]]);
    const tap = tensor([[[2]]]);
    expect(toNested(await lax.convGeneralDilated(x, tap, [1], 'VALID', { rhsDilation: [vast] }))).toEqual([[[2, 4, 6, 8]]]);
    const one = tensor([[[3]]]);
    expect(toNested(await lax.convGeneralDilated(one, tap, [1], [[1, 1]], { lhsDilation: [vast] }))).toEqual([[[0, 6, 0]]]);
    await expect(lax.convGeneralDilated(x, w, [1], [[vast, vast]], { rhsDilation: [vast] })).rejects.toMatchObject({
      rule: 'backend/unsupported',
    });
  });

  test('a tensor beyond the largest binding is refused by its size', async () => {
    const gpu = new Gpu(await acquireDevice({}));
    const small = Object.assign(Object.create(gpu) as Gpu, { facts: { ...gpu.facts, maxBindingBytes: 12 } });
    const backend = backendOn(small);
    const error = await backend.prepare(problem).catch((cause: unknown) => cause);
    expect(isUnsupportedProblem(error) && error.reason).toBe(
      'lhs of shape [1, 1, 4] takes 16 bytes, and a shader of this device sees at most 12',
    );
    gpu.destroy();
  });
});
