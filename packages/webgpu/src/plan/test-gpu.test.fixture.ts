/** For the tests of algorithms: an adapter in Node, and one run of a candidate on it, outside any backend. */
import { create, globals } from 'webgpu';
import type { AdapterFacts, BufferRef, Candidate, Dispatch } from './algorithm.ts';

interface TestBuffer extends BufferRef {
  readonly buffer: GPUBuffer;
}

/** A device with what a candidate is bound to. */
export class TestGpu {
  /** What the adapter is; tests pretend that it is less. */
  readonly facts: AdapterFacts;
  private readonly device: GPUDevice;
  // Whoever lets go of these lets Dawn's binding go with them, while the device still needs it.
  private readonly held: readonly object[];
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  private constructor(held: readonly object[], device: GPUDevice, facts: AdapterFacts) {
    this.held = held;
    this.device = device;
    this.facts = facts;
  }

  /** @throws Error where there is no adapter: a test that cannot run fails. */
  static async open(): Promise<TestGpu> {
    Object.assign(globalThis, globals);
    const gpu = create([]);
    const adapter = await gpu.requestAdapter();
    if (adapter === null) throw new Error('no WebGPU adapter: a Vulkan driver is missing');
    const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredFeatures: adapter.features.has('subgroups') ? ['subgroups'] : [],
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize },
    });
    const { subgroupMinSize, subgroupMaxSize } = adapter.info;
    const isFixed = adapter.features.has('subgroups') && subgroupMinSize === subgroupMaxSize;
    return new TestGpu([gpu, adapter], device, {
      isSoftware: true,
      features: new Set(device.features),
      ...(isFixed ? { subgroupSize: subgroupMinSize } : {}),
      maxBindingBytes: maxStorageBufferBindingSize,
      maxWorkgroups: 65_535,
    });
  }

  close(): void {
    this.device.destroy();
    if (this.held.length === 0) throw new Error('nothing was held');
  }

  /** The result of `candidate`, every word of which was `before`. */
  async run<Words extends Float32Array | Int32Array | Uint32Array>(
    candidate: Candidate,
    lhs: Words,
    rhs: Words,
    before: Words,
  ): Promise<Words> {
    const packs: Dispatch[] = [];
    const out = this.bufferOf(before);
    const dispatches = candidate.bind({
      lhs: this.bufferOf(lhs),
      rhs: this.bufferOf(rhs),
      out,
      scratch: (bytes) => this.allocate(bytes),
      constant: (data) => this.bufferOf(data),
      packed: (bytes, dispatchesTo) => {
        const target = this.allocate(bytes);
        packs.push(...dispatchesTo(target));
        return target;
      },
    });
    const staging = this.device.createBuffer({ size: out.bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    this.device.pushErrorScope('validation');
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { shader, buffers, workgroups } of [...packs, ...dispatches]) {
      const pipeline = await this.pipelineOf(shader.code);
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer: (buffer as TestBuffer).buffer } }));
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, this.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    encoder.copyBufferToBuffer(out.buffer, 0, staging, 0, out.bytes);
    this.device.queue.submit([encoder.finish()]);
    const error = await this.device.popErrorScope();
    if (error !== null) throw new Error(error.message);
    await staging.mapAsync(GPUMapMode.READ);
    const words = new (before.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => Words)(
      staging.getMappedRange().slice(0),
      0,
      before.length,
    );
    staging.destroy();
    return words;
  }

  private pipelineOf(code: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(code);
    if (known !== undefined) return known;
    const compute = { module: this.device.createShaderModule({ code }), entryPoint: 'main' };
    const made = this.device.createComputePipelineAsync({ layout: 'auto', compute });
    this.pipelines.set(code, made);
    return made;
  }

  private allocate(bytes: number): TestBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    return { bytes: size, buffer: this.device.createBuffer({ size, usage }) };
  }

  private bufferOf(data: ArrayBufferView): TestBuffer {
    const made = this.allocate(data.byteLength);
    this.device.queue.writeBuffer(made.buffer, 0, data.buffer, data.byteOffset, data.byteLength);
    return made;
  }
}
